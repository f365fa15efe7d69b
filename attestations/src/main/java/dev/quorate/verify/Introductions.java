package dev.quorate.verify;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.host.HostEvidence;
import dev.quorate.json.MalformedException;
import dev.quorate.kit.Bundle;
import dev.quorate.kit.Kit;
import dev.quorate.log.HashedRekord;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.TrustRoot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keys that the trust root does not name and that speak for builders because the kit holds evidence by them. Whether the
 * evidence is good is not looked at here; the tally does.
 */
record Introductions(Map<Sha256, P256Key> keys, Map<P256Key, Set<BuilderId>> builders) {
    /**
     * Looks at every line whose hint is not known.
     *
     * @param known keys of the trust root that sign lines
     */
    static Introductions of(Kit kit, TrustRoot trust, Map<Sha256, P256Key> known) {
        var introductions = new Introductions(new HashMap<>(), new HashMap<>());
        for (Bundle bundle : kit.bundles()) {
            if (!known.containsKey(bundle.hint())) {
                introductions.look(bundle, trust);
            }
        }
        return introductions;
    }

    /** Whether that key may sign lines in the name of that builder. */
    boolean allow(P256Key key, BuilderId builder) {
        return builders.getOrDefault(key, Set.of()).contains(builder);
    }

    private void look(Bundle bundle, TrustRoot trust) {
        Optional<P256Key> key = HashedRekord.spki(bundle.entry().body()).flatMap(Introductions::key);
        boolean stranger = key.isPresent() && key.get().id().equals(bundle.hint()) && !trust.names(key.get());
        if (!stranger) {
            return;
        }
        bundle.envelope()
                .verify(key.get())
                .flatMap(Introductions::evidence)
                .filter(evidence -> trust.builder(evidence.builder()).isPresent())
                .ifPresent(evidence -> {
                    keys.put(bundle.hint(), key.get());
                    builders.computeIfAbsent(key.get(), k -> new HashSet<>()).add(evidence.builder());
                });
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
