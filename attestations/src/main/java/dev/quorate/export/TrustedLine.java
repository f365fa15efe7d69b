package dev.quorate.export;

import dev.quorate.certificate.Certificate;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.host.HostChange;
import dev.quorate.host.HostEvidence;
import dev.quorate.intoto.Statement;
import dev.quorate.json.MalformedException;
import dev.quorate.kit.Bundle;
import dev.quorate.kit.Kit;
import dev.quorate.proof.BuildProof;
import dev.quorate.round.Commitment;
import dev.quorate.round.RoundOpening;
import dev.quorate.trust.TrustRoot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A line of a verified kit that a key of the trust root signed, or one that a host of a builder has shown.
 *
 * @param predicateType of its statement
 * @param speaker whose word it is
 */
public record TrustedLine(Bundle bundle, VerifiedPayload payload, String predicateType, Speaker speaker) {
    /**
     * The lines of a kit without those by strangers.
     *
     * @param time the trusted time of the check
     */
    public static List<TrustedLine> of(Kit kit, TrustRoot trust, Instant time) throws MalformedException {
        Speakers speakers = Speakers.of(kit, trust, time);
        List<TrustedLine> lines = new ArrayList<>();
        for (Bundle bundle : kit.bundles()) {
            Optional<P256Key> key = speakers.key(bundle);
            if (key.isPresent()) {
                VerifiedPayload payload = bundle.envelope()
                        .verify(key.get())
                        .orElseThrow(() -> new MalformedException("kit", "holds a line with a bad signature"));
                lines.add(new TrustedLine(
                        bundle,
                        payload,
                        Statement.parse(payload, "kit").predicateType(),
                        speakers.of(payload, bundle.entry().index())));
            }
        }
        return List.copyOf(lines);
    }

    /** What its files are called: its index, and what it is in one word, which says if it is nobody's word. */
    String name() {
        return bundle.entry().index() + "-" + (speaker instanceof Speaker.Nobody ? "refused" : kind());
    }

    private String kind() {
        return switch (predicateType) {
            case RoundOpening.TYPE -> "opening";
            case HostEvidence.TYPE -> "evidence";
            case HostChange.TYPE -> "notice";
            case Commitment.TYPE -> "commitment";
            case BuildProof.TYPE -> "proof";
            case Certificate.TYPE -> "certificate";
            default -> "line";
        };
    }
}
