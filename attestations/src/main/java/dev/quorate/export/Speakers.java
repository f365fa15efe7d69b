package dev.quorate.export;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostJudge;
import dev.quorate.host.HostRefusal;
import dev.quorate.host.Judgement;
import dev.quorate.host.Occasion;
import dev.quorate.intoto.Statement;
import dev.quorate.json.MalformedException;
import dev.quorate.kit.Bundle;
import dev.quorate.kit.Kit;
import dev.quorate.log.LogIndex;
import dev.quorate.proof.BuildProof;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Commitment;
import dev.quorate.round.RoundOpening;
import dev.quorate.trust.TimedKey;
import dev.quorate.trust.TrustRoot;
import dev.quorate.verify.Introduction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who speaks in a kit that verified: by the rule of the tally, a builder speaks with its own keys, and with those that good
 * evidence of its host, logged before, vouches for.
 */
final class Speakers {
    private record Shown(P256Key key, BuilderId builder, LogIndex index, Judgement judgement) {}

    private final Map<Sha256, P256Key> keys = new HashMap<>();
    private final Map<P256Key, Speaker> named = new HashMap<>();
    private final List<Shown> hosts = new ArrayList<>();

    private Speakers() {}

    /**
     * Judges what hosts have shown.
     *
     * @param time the trusted time of the check
     */
    static Speakers of(Kit kit, TrustRoot trust, Instant time) {
        var speakers = new Speakers();
        trust.builders()
                .forEach(builder ->
                        builder.keys().forEach(key -> speakers.name(key, new Speaker.Builder(builder.id()))));
        trust.certifiers()
                .forEach(certifier ->
                        certifier.keys().forEach(key -> speakers.name(key, new Speaker.Certifier(certifier.id()))));
        Optional<Occasion> round = speakers.round(kit);
        if (round.isPresent()) {
            var judge = new HostJudge(trust, time);
            kit.bundles().forEach(bundle -> speakers.look(bundle, judge, round.get()));
        }
        return speakers;
    }

    private void name(TimedKey timed, Speaker speaker) {
        keys.put(timed.key().id(), timed.key());
        named.put(timed.key(), speaker);
    }

    private Optional<Occasion> round(Kit kit) {
        for (Bundle bundle : kit.bundles()) {
            Optional<VerifiedPayload> payload = key(bundle)
                    .filter(key -> named.get(key) instanceof Speaker.Certifier)
                    .flatMap(key -> bundle.envelope().verify(key));
            if (payload.isPresent()) {
                try {
                    RoundOpening opening = RoundOpening.parse(payload.get());
                    return Optional.of(new Occasion.OfRound(
                            opening.round(), bundle.envelope().digest()));
                } catch (MalformedException e) {
                    // A certifier's other statements are not openings.
                    continue;
                }
            }
        }
        return Optional.empty();
    }

    private void look(Bundle bundle, HostJudge judge, Occasion round) {
        Introduction.of(bundle, judge.trust()).ifPresent(shown -> {
            keys.put(bundle.hint(), shown.key());
            Judgement judgement = judge.judge(shown.evidence(), shown.key(), round);
            hosts.add(new Shown(
                    shown.key(), shown.evidence().builder(), bundle.entry().index(), judgement));
        });
    }

    /** The key that a line's hint means; none for a stranger's line. */
    Optional<P256Key> key(Bundle bundle) {
        return Optional.ofNullable(keys.get(bundle.hint()));
    }

    /** Whose word a statement is that was signed with such a key and is logged there. */
    Speaker of(VerifiedPayload payload, LogIndex index) throws MalformedException {
        P256Key key = payload.signedBy();
        if (named.containsKey(key)) {
            return named.get(key);
        }
        BuilderId builder = builder(payload);
        List<Shown> own = hosts.stream()
                .filter(shown -> shown.key().equals(key) && shown.builder().equals(builder))
                .toList();
        return own.stream()
                .filter(shown -> shown.index().compareTo(index) <= 0)
                .flatMap(shown -> host(shown).stream())
                .max(Comparator.comparing(host -> host.worth().assurance()))
                .<Speaker>map(host -> host)
                .orElseGet(() -> new Speaker.Nobody(builder, refusal(own)));
    }

    private static Optional<Speaker.Host> host(Shown shown) {
        return shown.judgement() instanceof Judgement.Accepted worth
                ? Optional.of(new Speaker.Host(shown.builder(), shown.index(), worth))
                : Optional.empty();
    }

    private static Judgement.Refused refusal(List<Shown> own) {
        for (Shown shown : own) {
            if (shown.judgement() instanceof Judgement.Refused refused) {
                return refused;
            }
        }
        return new Judgement.Refused(
                HostRefusal.EVIDENCE_LATE,
                "it was logged only after what it should vouch for, or is for another builder");
    }

    /** Only these three are said with a key that the trust root does not name. */
    private static BuilderId builder(VerifiedPayload payload) throws MalformedException {
        return switch (Statement.parse(payload, "kit").predicateType()) {
            case Commitment.TYPE -> Commitment.parse(payload).builder();
            case BuildProof.TYPE -> BuildProof.parse(payload).builder();
            default -> HostEvidence.parse(payload).builder();
        };
    }
}
