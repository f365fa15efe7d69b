package dev.quorate.export;

import dev.quorate.certificate.Certificate;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.intoto.Statement;
import dev.quorate.json.MalformedException;
import dev.quorate.kit.Bundle;
import dev.quorate.kit.Kit;
import dev.quorate.proof.BuildProof;
import dev.quorate.round.Commitment;
import dev.quorate.round.RoundOpening;
import dev.quorate.trust.TimedKey;
import dev.quorate.trust.TrustRoot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A line of a verified kit that a key of the trust root signed.
 *
 * @param predicateType of its statement
 */
public record TrustedLine(Bundle bundle, VerifiedPayload payload, String predicateType) {
    /** The lines of a kit without those by strangers. */
    public static List<TrustedLine> of(Kit kit, TrustRoot trust) throws MalformedException {
        Map<String, P256Key> keys = new HashMap<>();
        Stream.concat(
                        trust.builders().stream().flatMap(builder -> builder.keys().stream()),
                        trust.certifiers().stream().flatMap(certifier -> certifier.keys().stream()))
                .map(TimedKey::key)
                .forEach(key -> keys.put(key.id().hex(), key));
        List<TrustedLine> lines = new ArrayList<>();
        for (Bundle bundle : kit.bundles()) {
            P256Key key = keys.get(bundle.hint().hex());
            if (key != null) {
                VerifiedPayload payload = bundle.envelope()
                        .verify(key)
                        .orElseThrow(() -> new MalformedException("kit", "holds a line with a bad signature"));
                lines.add(new TrustedLine(
                        bundle, payload, Statement.parse(payload, "kit").predicateType()));
            }
        }
        return List.copyOf(lines);
    }

    /** What it is in one word, for a file's name. */
    String kind() {
        return switch (predicateType) {
            case RoundOpening.TYPE -> "opening";
            case Commitment.TYPE -> "commitment";
            case BuildProof.TYPE -> "proof";
            case Certificate.TYPE -> "certificate";
            default -> "line";
        };
    }
}
