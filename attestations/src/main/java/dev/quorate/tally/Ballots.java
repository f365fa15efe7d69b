package dev.quorate.tally;

import dev.quorate.digest.Sha256;
import dev.quorate.host.Judgement;
import dev.quorate.policy.Assurance;
import dev.quorate.policy.Policy;
import dev.quorate.proof.BuildProof;
import dev.quorate.proof.Dependency;
import dev.quorate.proof.FailureClass;
import dev.quorate.proof.Outcome;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Commitment;
import dev.quorate.round.RoundId;
import dev.quorate.round.RoundOpening;
import dev.quorate.spec.SpecDigest;
import dev.quorate.trust.TrustRoot;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Judges each enrolled builder by itself. */
final class Ballots {
    private final Policy policy;
    private final TrustRoot trust;
    private final RoundRecord record;
    private final RoundOpening opening;
    private final Attested attested;
    private final Losses losses;
    private final List<Dependency> inputs;
    private final List<Logged<Commitment>> commitments;
    private final List<Logged<BuildProof>> proofs;

    Ballots(Policy policy, TrustRoot trust, RoundRecord record) {
        this.policy = policy;
        this.trust = trust;
        this.record = record;
        this.opening = record.opening().value();
        this.attested = new Attested(trust, record);
        this.losses = new Losses(trust, record);
        this.inputs = Dependency.of(opening.spec());
        this.commitments = record.commitments().stream()
                .filter(c -> isOfRound(c.value().spec(), c.value().round()))
                .filter(c -> isBuilders(c.value().builder(), c))
                .distinct()
                .sorted(Comparator.comparingLong(Logged::index))
                .toList();
        this.proofs = record.proofs().stream()
                .filter(p -> isOfRound(p.value().spec(), p.value().round()))
                .filter(p -> isBuilders(p.value().builder(), p))
                .distinct()
                .sorted(Comparator.comparingLong(Logged::index))
                .toList();
    }

    /** One ballot for each enrolled builder, in the order of their names. */
    List<Ballot> judge() {
        return opening.builders().stream().map(this::judge).toList();
    }

    private Ballot judge(BuilderId id) {
        return trust.builder(id)
                .map(builder -> judge(new Voter(builder, attested.best(id))))
                .orElseGet(() -> new Ballot.Stranger(id));
    }

    private Ballot judge(Voter voter) {
        BuilderId id = voter.builder().id();
        List<Logged<Commitment>> committed =
                commitments.stream().filter(c -> c.value().builder().equals(id)).toList();
        List<Logged<BuildProof>> proven =
                proofs.stream().filter(p -> p.value().builder().equals(id)).toList();
        if (committed.stream().map(c -> c.value().hidden()).distinct().count() > 1) {
            return new Ballot.Void(voter, "EQUIVOCATED", Optional.empty(), "committed to two results");
        }
        List<Sha256> results = proven.stream()
                .filter(p -> isFinal(p.value().outcome()))
                .map(p -> p.value().outcome().digest())
                .distinct()
                .toList();
        if (results.size() > 1) {
            return new Ballot.Void(voter, "EQUIVOCATED", Optional.empty(), "signed two different results");
        }
        // A final word outranks an infrastructure failure that a retry made up for.
        Optional<Logged<BuildProof>> proof = proven.stream()
                .filter(p -> isFinal(p.value().outcome()))
                .findFirst()
                .or(() -> committed.isEmpty() ? proven.stream().findFirst() : Optional.empty());
        if (proof.isEmpty()) {
            return outstanding(voter, !committed.isEmpty());
        }
        Optional<Logged<Commitment>> commitment = committed.stream().findFirst();
        return judge(new Voter(voter.builder(), behind(id, commitment, proof.get())), commitment, proof.get());
    }

    private Ballot outstanding(Voter voter, boolean committed) {
        BuilderId id = voter.builder().id();
        Optional<String> refusal = unheard(id).or(() -> attested.refusal(id).map(Ballots::refused));
        if (refusal.isPresent()) {
            return new Ballot.Outstanding(voter, "UNATTESTED", refusal.get());
        }
        Optional<String> loss = losses.of(id);
        String more = loss.map(words -> "; " + words).orElse("");
        // Whoever committed is bound to a result, and no word of somebody else's unbinds it.
        return committed
                ? new Ballot.Outstanding(voter, "UNREVEALED", "committed to a result and has not revealed it" + more)
                : new Ballot.Outstanding(voter, loss.isPresent() ? "UNATTESTED" : "SILENT", "has said nothing" + more);
    }

    /** Why something that was signed in a builder's name is not its word, if something was. */
    private Optional<String> unheard(BuilderId id) {
        return Stream.concat(
                        record.proofs().stream().filter(p -> p.value().builder().equals(id)),
                        record.commitments().stream()
                                .filter(c -> c.value().builder().equals(id)))
                .filter(said -> !isBuilders(id, said))
                .flatMap(said -> attested.refusal(id, said.signedBy()).stream())
                .map(Ballots::refused)
                .findFirst();
    }

    private static String refused(Judgement.Refused refusal) {
        return "the evidence of its host was refused: " + refusal;
    }

    /** A vote has the assurance of that of its two statements that has less. */
    private Optional<Judgement.Accepted> behind(
            BuilderId id, Optional<Logged<Commitment>> commitment, Logged<BuildProof> proof) {
        Optional<Judgement.Accepted> proven = attested.behind(id, proof);
        if (commitment.isEmpty()) {
            return proven;
        }
        Optional<Judgement.Accepted> committed = attested.behind(id, commitment.get());
        boolean less = assurance(committed).compareTo(assurance(proven)) < 0;
        return less ? committed : proven;
    }

    private static Assurance assurance(Optional<Judgement.Accepted> accepted) {
        return accepted.map(Judgement.Accepted::assurance).orElse(Assurance.NONE);
    }

    private Ballot judge(Voter voter, Optional<Logged<Commitment>> commitment, Logged<BuildProof> proof) {
        Outcome outcome = proof.value().outcome();
        return objection(voter, commitment, proof)
                .<Ballot>map(reason -> new Ballot.Void(voter, outcome.word(), outputs(outcome), reason))
                .orElseGet(() -> switch (outcome) {
                    case Outcome.Built built -> new Ballot.Result(voter, built);
                    case Outcome.Failed failed -> new Ballot.NoResult(voter, failed);
                });
    }

    /** Why a proof does not count, if it does not. */
    private Optional<String> objection(Voter voter, Optional<Logged<Commitment>> commitment, Logged<BuildProof> proof) {
        if (!isTrusted(voter, proof)) {
            return Optional.of("its key was not valid, or was revoked, when the proof was logged");
        } else if (!proof.value().inputs().equals(inputs)) {
            return Optional.of("it was built from other inputs than the spec pins");
        } else if (voter.assurance().compareTo(policy.hosts()) < 0) {
            return Optional.of("the policy wants a " + policy.hosts().word() + " host; this one is "
                    + voter.assurance().word());
        } else if (!isFinal(proof.value().outcome())) {
            return Optional.empty();
        } else if (commitment.isEmpty()) {
            return Optional.of(unheard(voter.builder().id()).orElse("it was revealed without a commitment"));
        } else if (!isTrusted(voter, commitment.get())) {
            return Optional.of(
                    "the key of its commitment was not valid, or was revoked, when the commitment was logged");
        }
        return orderObjection(commitment.get(), proof);
    }

    private Optional<String> orderObjection(Logged<Commitment> commitment, Logged<BuildProof> proof) {
        Sha256 result = proof.value().outcome().digest();
        if (proof.value().commitmentIndex().isEmpty()
                || proof.value().commitmentIndex().getAsLong() != commitment.index()
                || !commitment.value().opensTo(proof.value().nonce(), result)) {
            return Optional.of("it reveals something else than was committed to");
        } else if (commitment.index() <= record.opening().index()) {
            return Optional.of("its commitment was logged before the round was opened");
        } else if (proof.index() <= commitment.index()) {
            return Optional.of("it was logged before its own commitment");
        } else if (commitment.index() > firstReveal().orElse(Long.MAX_VALUE)) {
            return Optional.of("its commitment was logged after another builder's reveal");
        }
        return Optional.empty();
    }

    /** Index of the first proof that opens a commitment: from then on a result can be copied. */
    private OptionalLong firstReveal() {
        return proofs.stream()
                .filter(p -> commitments.stream().anyMatch(c -> opens(p, c)))
                .mapToLong(Logged::index)
                .min();
    }

    private static boolean opens(Logged<BuildProof> proof, Logged<Commitment> commitment) {
        return proof.value().builder().equals(commitment.value().builder())
                && commitment
                        .value()
                        .opensTo(proof.value().nonce(), proof.value().outcome().digest());
    }

    /** Whether an outcome is a builder's last word; the others are tried again. */
    private static boolean isFinal(Outcome outcome) {
        return !(outcome instanceof Outcome.Failed failed
                && (failed.failure() == FailureClass.INFRASTRUCTURE
                        || failed.failure() == FailureClass.INPUT_UNAVAILABLE));
    }

    private boolean isTrusted(Voter voter, Logged<?> statement) {
        BuilderId id = voter.builder().id();
        boolean valid = voter.builder()
                .key(statement.signedBy())
                .map(timed -> timed.isValidAt(record.time()))
                .orElseGet(() -> attested.behind(id, statement).isPresent());
        return valid && !trust.isRevoked(id, statement.signedBy(), record.time());
    }

    private boolean isOfRound(SpecDigest spec, RoundId round) {
        return spec.equals(opening.digest()) && round.equals(opening.round());
    }

    /** A builder speaks with the keys that the trust root names, and with those that good evidence vouches for. */
    private boolean isBuilders(BuilderId id, Logged<?> statement) {
        boolean named = trust.builder(id)
                .flatMap(builder -> builder.key(statement.signedBy()))
                .isPresent();
        return named || attested.behind(id, statement).isPresent();
    }

    private static Optional<Sha256> outputs(Outcome outcome) {
        return outcome instanceof Outcome.Built built
                ? Optional.of(built.outputs().digest())
                : Optional.empty();
    }
}
