package dev.quorate.it.sim;

import dev.quorate.certificate.Certificate;
import dev.quorate.coordinator.round.LeaseToken;
import dev.quorate.digest.Sha256;
import dev.quorate.it.sim.Setting.Character;
import dev.quorate.proof.BuildProof;
import dev.quorate.proof.OutputSet;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Commitment;
import dev.quorate.round.RoundOpening;
import dev.quorate.tally.Tally;
import dev.quorate.tally.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the oracle knows of one round, by its own simple rules. */
final class RoundBook {
    private final RoundOpening opening;
    private final Instant opened;
    private final Map<BuilderId, Long> leases = new HashMap<>();
    private final Map<BuilderId, Integer> excuses = new HashMap<>();
    private final Map<BuilderId, Long> committed = new HashMap<>();
    private final Set<Sha256> seen = new HashSet<>();
    private final Set<BuilderId> barred = new HashSet<>();
    private boolean hopeless;
    private boolean revealed;
    private Optional<OutputSet> winner = Optional.empty();

    RoundBook(RoundOpening opening, Instant opened) {
        this.opening = opening;
        this.opened = opened;
    }

    void leased(BuilderId builder) {
        leases.merge(builder, 1L, Long::sum);
    }

    void committed(BuilderId builder, LeaseToken token, Instant at, Testimony said) {
        requireNewest(builder, token);
        note(said);
    }

    void proven(BuilderId builder, LeaseToken token, Testimony said) {
        requireNewest(builder, token);
        note(said);
    }

    /** The trust root lets it speak no longer, so nobody waits for it. */
    void barred(BuilderId builder) {
        barred.add(builder);
    }

    /** Those who are left are no quorum: it ends without the commitments that are missing, and takes none later. */
    void hopeless() {
        hopeless = true;
    }

    /** Takes in what became durable while nobody was told; the leases of it are not known, so they only grow. */
    void reread(List<Testimony> kept) {
        kept.forEach(this::note);
    }

    private void note(Testimony said) {
        if (!seen.add(said.digest())) {
            return;
        }
        if (said.value() instanceof Commitment commitment) {
            if (committed.putIfAbsent(commitment.builder(), said.index()) == null && (revealed || hopeless)) {
                throw new Violation("I9", commitment.builder() + " committed after a result was told");
            }
        } else if (said.value() instanceof BuildProof proof) {
            if (Oracle.isFinal(proof)) {
                revealed = true;
                if (committed.values().stream().anyMatch(index -> index > said.index())) {
                    throw new Violation("I9", "the log has a result before a commitment");
                }
            } else {
                excuses.merge(proof.builder(), 1, Integer::sum);
            }
        }
    }

    private void requireNewest(BuilderId builder, LeaseToken token) {
        if (token.number() < leases.getOrDefault(builder, 0L)) {
            throw new Violation("FENCE", builder + " was heard under the old token " + token.number());
        }
    }

    /** I9: results are told when every enrolled builder has committed or given up, or the deadline is over. */
    void requireRevealable(Instant latest) {
        boolean all = opening.builders().stream()
                .allMatch(b -> committed.containsKey(b) || excuses.getOrDefault(b, 0) >= 3 || barred.contains(b));
        if (!all && !hopeless && latest.isBefore(opened.plus(Duration.ofMinutes(10)))) {
            throw new Violation("I9", "reveals while builders have yet to commit");
        }
    }

    void certified(Setting setting, Tally tally, Certificate certificate) {
        if (certificate.verdict() != tally.verdict()) {
            throw new Violation("I1", "the certificate says " + certificate.verdict());
        }
        if (tally.verdict() != Verdict.CERTIFIED) {
            return;
        }
        OutputSet outputs = tally.winner().orElseThrow();
        if (!winner.orElse(outputs).equals(outputs)) {
            throw new Violation("I2", "two output sets are certified in " + opening.round());
        }
        winner = Optional.of(outputs);
        long honest = opening.builders().stream()
                .filter(b -> setting.character(b) == Character.HONEST || setting.character(b) == Character.SILENT)
                .count();
        boolean isRight = setting.right().stream().anyMatch(r -> r.outputs().equals(outputs));
        if (!isRight && opening.builders().size() - honest < setting.policy().threshold()) {
            throw new Violation("I5", "too few corrupt builders have certified a wrong result");
        }
    }
}
