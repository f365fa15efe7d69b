package dev.quorate.it.sim;

import dev.quorate.certificate.Certificate;
import dev.quorate.digest.Sha256;
import dev.quorate.host.Occasion;
import dev.quorate.proof.BuildProof;
import dev.quorate.proof.Outcome;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Commitment;
import dev.quorate.tally.Logged;
import dev.quorate.tally.Openness;
import dev.quorate.tally.RoundRecord;
import dev.quorate.tally.Tally;
import dev.quorate.tally.Verdict;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Counts again, more simply than the tally does. */
final class CountCheck {
    private final Setting setting;
    private final Quotes quotes;
    private final Chance chance;

    CountCheck(Setting setting, Quotes quotes, Chance chance) {
        this.setting = setting;
        this.quotes = quotes;
        this.chance = chance;
    }

    void check(Tally tally, RoundRecord record, TrustRoot trust) {
        if (tally.verdict() == Verdict.CERTIFIED) {
            Set<String> operators = operatorsOf(tally.winner().orElseThrow().digest(), record, trust);
            if (operators.size() < setting.policy().threshold() || operators.size() != tally.reached()) {
                throw new Violation("I1", tally.reached() + " operators are counted, and it is " + operators);
            }
        }
        requireSameInAnyOrder(tally, record, trust);
    }

    /** The operators whose builders have made a result, if these are trusted, and no other one. */
    Set<String> operatorsOf(Sha256 result, RoundRecord record, TrustRoot trust) {
        Set<String> operators = allOperatorsOf(result, record, trust);
        record.proofs().stream()
                .map(proof -> proof.value().outcome().digest())
                .filter(other -> !other.equals(result))
                .distinct()
                .forEach(other -> operators.removeAll(allOperatorsOf(other, record, trust)));
        return operators;
    }

    private Set<String> allOperatorsOf(Sha256 result, RoundRecord record, TrustRoot trust) {
        Set<String> operators = new HashSet<>();
        for (BuilderId builder : record.opening().value().builders()) {
            Optional<TrustedBuilder> trusted = trust.builder(builder);
            if (trusted.isPresent() && votesFor(builder, result, record, trust)) {
                operators.add(trusted.get().operator());
            }
        }
        return operators;
    }

    private boolean votesFor(BuilderId builder, Sha256 result, RoundRecord record, TrustRoot trust) {
        List<Logged<Commitment>> commitments = record.commitments().stream()
                .filter(c -> c.value().builder().equals(builder) && isHeard(builder, c, record, trust))
                .toList();
        List<Logged<BuildProof>> finals = record.proofs().stream()
                .filter(p -> p.value().builder().equals(builder) && Oracle.isFinal(p.value()))
                .filter(p -> isHeard(builder, p, record, trust))
                .toList();
        if (commitments.size() != 1 || finals.isEmpty()) {
            return false;
        }
        Logged<Commitment> bound = commitments.getFirst();
        BuildProof first = finals.getFirst().value();
        boolean isShown = !setting.asksForHosts()
                || isShown(builder, bound, record, trust) && isShown(builder, finals.getFirst(), record, trust);
        return isShown
                && !trust.isRevoked(builder, bound.signedBy(), record.time())
                && !trust.isRevoked(builder, finals.getFirst().signedBy(), record.time())
                && finals.stream().allMatch(p -> p.value().outcome().digest().equals(result))
                && first.outcome() instanceof Outcome.Built
                && first.commitmentIndex().orElse(-1) == bound.index()
                && bound.value().opensTo(first.nonce(), result);
    }

    /** Whether something was said with a key of the trust root, or with one that a machine of the builder had shown. */
    private boolean isHeard(BuilderId builder, Logged<?> said, RoundRecord record, TrustRoot trust) {
        return trust.builder(builder).flatMap(b -> b.key(said.signedBy())).isPresent()
                || isShown(builder, said, record, trust);
    }

    /** Whether the key was in a genuine quote of a machine of the builder, in a good state, logged before. */
    private boolean isShown(BuilderId builder, Logged<?> said, RoundRecord record, TrustRoot trust) {
        var opening = record.opening();
        var round = new Occasion.OfRound(opening.value().round(), opening.digest());
        return record.evidence().stream()
                .anyMatch(shown -> shown.index() < said.index()
                        && shown.signedBy().equals(said.signedBy())
                        && shown.value().builder().equals(builder)
                        && quotes.isGood(shown.value(), shown.signedBy(), round, trust, record.time()));
    }

    /** I6: the count is of a set. */
    private void requireSameInAnyOrder(Tally tally, RoundRecord record, TrustRoot trust) {
        var again = new RoundRecord(
                record.opening(),
                shuffled(record.evidence()),
                shuffled(record.changes()),
                shuffled(record.commitments()),
                shuffled(record.proofs()),
                record.time());
        Tally other = Tally.of(setting.policy(), trust, again, Openness.CLOSED);
        if (!other.equals(tally) || !Arrays.equals(bytes(tally, record), bytes(other, again))) {
            throw new Violation("I6", "order or repetition changes the count to " + other);
        }
    }

    private static byte[] bytes(Tally tally, RoundRecord record) {
        List<Sha256> proofs = record.proofs().stream().map(Logged::digest).toList();
        return Certificate.of(record.opening().value(), tally, proofs, Cast.CERTIFIER, record.time())
                .statement()
                .bytes();
    }

    private <T> List<T> shuffled(List<T> list) {
        List<T> left = new ArrayList<>(list);
        List<T> out = new ArrayList<>();
        while (!left.isEmpty()) {
            T next = left.remove(chance.below(left.size()));
            out.add(next);
            if (chance.oneIn(3)) {
                out.add(next);
            }
        }
        return out;
    }
}
