package dev.quorate.verify;

import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.host.HostEvidence;
import dev.quorate.json.MalformedException;
import dev.quorate.kit.Bundle;
import dev.quorate.log.HashedRekord;
import dev.quorate.trust.TrustRoot;
import java.util.Optional;

/**
 * A line of a kit by a key that the trust root does not name: evidence, signed by that key, of a builder that it names.
 * Whether the evidence is good is not looked at here.
 */
public record Introduction(P256Key key, HostEvidence evidence) {
    /** Reads a line that may be one. */
    public static Optional<Introduction> of(Bundle bundle, TrustRoot trust) {
        return HashedRekord.spki(bundle.entry().body())
                .flatMap(Introduction::key)
                .filter(key -> key.id().equals(bundle.hint()) && !trust.names(key))
                .flatMap(key -> bundle.envelope()
                        .verify(key)
                        .flatMap(Introduction::evidence)
                        .filter(evidence -> trust.builder(evidence.builder()).isPresent())
                        .map(evidence -> new Introduction(key, evidence)));
    }

    private static Optional<P256Key> key(byte[] spki) {
        try {
            return Optional.of(P256Key.ofSpki(spki));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<HostEvidence> evidence(VerifiedPayload payload) {
        try {
            return Optional.of(HostEvidence.parse(payload));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
