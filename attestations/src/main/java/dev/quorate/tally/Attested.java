package dev.quorate.tally;

import dev.quorate.dsse.P256Key;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostJudge;
import dev.quorate.host.HostRefusal;
import dev.quorate.host.Judgement;
import dev.quorate.host.Occasion;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.TrustRoot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the evidence of a round is worth, each piece judged once, in the order of the log. */
final class Attested {
    private final List<Judged> all = new ArrayList<>();

    private record Judged(Logged<HostEvidence> evidence, Judgement judgement) {
        boolean isOf(BuilderId builder) {
            return evidence.value().builder().equals(builder);
        }
    }

    Attested(TrustRoot trust, RoundRecord record) {
        var judge = new HostJudge(trust, record.time());
        var occasion = new Occasion.OfRound(
                record.opening().value().round(), record.opening().digest());
        record.evidence().stream()
                .distinct()
                .sorted(Comparator.comparingLong(Logged::index))
                .forEach(evidence ->
                        all.add(new Judged(evidence, judge.judge(evidence.value(), evidence.signedBy(), occasion))));
    }

    /** The best of what makes a statement the word of that builder's host: good, of the same key, logged before it. */
    Optional<Judgement.Accepted> behind(BuilderId builder, Logged<?> statement) {
        return all.stream()
                .filter(judged -> judged.isOf(builder)
                        && judged.evidence().signedBy().equals(statement.signedBy())
                        && judged.evidence().index() < statement.index())
                .flatMap(judged -> accepted(judged.judgement()).stream())
                .max(Comparator.comparing(Judgement.Accepted::assurance));
    }

    /** The best that a builder has shown in this round, by whatever key. */
    Optional<Judgement.Accepted> best(BuilderId builder) {
        return all.stream()
                .filter(judged -> judged.isOf(builder))
                .flatMap(judged -> accepted(judged.judgement()).stream())
                .max(Comparator.comparing(Judgement.Accepted::assurance));
    }

    /** Why evidence of a builder was refused, the newest of it, if some was. */
    Optional<Judgement.Refused> refusal(BuilderId builder) {
        return all.reversed().stream()
                .filter(judged -> judged.isOf(builder))
                .flatMap(judged -> refused(judged.judgement()).stream())
                .findFirst();
    }

    /** Why a key's statement is not the word of that builder's host, where {@link #behind} finds nothing. */
    Optional<Judgement.Refused> refusal(BuilderId builder, P256Key key) {
        List<Judged> own = all.stream()
                .filter(judged ->
                        judged.isOf(builder) && judged.evidence().signedBy().equals(key))
                .toList();
        return own.stream()
                .flatMap(judged -> refused(judged.judgement()).stream())
                .findFirst()
                .or(() -> own.stream()
                        .findFirst()
                        .map(late -> new Judgement.Refused(
                                HostRefusal.EVIDENCE_LATE,
                                "it was logged at " + late.evidence().index() + ", after what it should vouch for")));
    }

    private static Optional<Judgement.Accepted> accepted(Judgement judgement) {
        return judgement instanceof Judgement.Accepted accepted ? Optional.of(accepted) : Optional.empty();
    }

    private static Optional<Judgement.Refused> refused(Judgement judgement) {
        return judgement instanceof Judgement.Refused refused ? Optional.of(refused) : Optional.empty();
    }
}
