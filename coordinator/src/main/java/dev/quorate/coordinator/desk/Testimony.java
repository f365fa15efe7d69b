package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.blob.BlobStore;
import dev.quorate.coordinator.round.Answer;
import dev.quorate.coordinator.round.Assignment;
import dev.quorate.coordinator.round.Attestation.Standing;
import dev.quorate.coordinator.round.Filed;
import dev.quorate.coordinator.round.Finality;
import dev.quorate.coordinator.round.LeaseToken;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostJudge;
import dev.quorate.host.Judgement;
import dev.quorate.host.Occasion;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.proof.BuildProof;
import dev.quorate.proof.Dependency;
import dev.quorate.proof.FailureClass;
import dev.quorate.proof.Outcome;
import dev.quorate.proof.Output;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Commitment;
import dev.quorate.round.RoundId;
import dev.quorate.spec.SpecDigest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what builders say: checked against signature, round, spec and lease before the log sees it. */
final class Testimony {
    private static final Logger LOG = LoggerFactory.getLogger(Testimony.class);

    private final Rounds rounds;
    private final Signers signers;
    private final LogBook log;
    private final Hosts hosts;
    private final BlobStore blobs;
    private final Clock clock;

    Testimony(Rounds rounds, Signers signers, LogBook log, Hosts hosts, BlobStore blobs, Clock clock) {
        this.rounds = rounds;
        this.signers = signers;
        this.log = log;
        this.hosts = hosts;
        this.blobs = blobs;
        this.clock = clock;
    }

    /** Judges evidence of a builder's host; what is refused is logged all the same, and ends its lease. */
    Filed attest(BuilderId builder, RoundId id, LeaseToken token, P256Key key, Envelope envelope)
            throws RefusedException, IOException, InterruptedException {
        LiveRound round = rounds.get(id);
        Instant now = clock.instant();
        VerifiedPayload payload = envelope.verify(key)
                .orElseThrow(() -> new RefusedException(
                        Complaint.NOT_SIGNED, "the envelope is not signed by the key that it came with"));
        HostEvidence said = parse(HostEvidence::parse, payload);
        if (!said.builder().equals(builder)) {
            throw refused("the evidence is of another builder than the one that sends it");
        } else if (signers.trust().names(key)) {
            throw refused("evidence is for a fresh key, and the trust root names this one");
        }
        var occasion = new Occasion.OfRound(id, round.state().opening().envelope());
        Judgement judgement = new HostJudge(signers.trust(), now).judge(said, key, occasion);
        if (judgement instanceof Judgement.Accepted good && Barring.isGated(round)) {
            hosts.requireSameBoot(builder, good, envelope.digest());
        }
        Standing standing = judgement instanceof Judgement.Accepted ? Standing.GOOD : Standing.REFUSED;
        var filing = new Filing(
                EnvelopeKind.EVIDENCE,
                envelope,
                key,
                log,
                where -> new RoundEvent.Attested(now, builder, token, key, standing, where));
        return switch (judgement) {
            case Judgement.Accepted good -> taken(round.file(filing));
            case Judgement.Refused no -> {
                taken(hosts.refuse(round, said, no, filing));
                LOG.warn("host refused round={} builder={} reason={}", id, builder, no.reason());
                throw new RefusedException(Complaint.HOST_REFUSED, Printable.of(no.toString()));
            }
        };
    }

    Filed commit(BuilderId builder, RoundId id, LeaseToken token, Envelope envelope)
            throws RefusedException, IOException, InterruptedException {
        LiveRound round = rounds.get(id);
        Instant now = clock.instant();
        VerifiedPayload payload = verified(round, builder, envelope, now);
        Commitment said = parse(Commitment::parse, payload);
        requireOwn(round, builder, said.spec(), said.round(), said.builder());
        return taken(round.file(new Filing(
                EnvelopeKind.COMMITMENT,
                envelope,
                payload.signedBy(),
                log,
                filed -> new RoundEvent.Committed(now, builder, token, filed))));
    }

    Filed prove(BuilderId builder, RoundId id, LeaseToken token, Envelope envelope)
            throws RefusedException, IOException, InterruptedException {
        LiveRound round = rounds.get(id);
        Instant now = clock.instant();
        VerifiedPayload payload = verified(round, builder, envelope, now);
        BuildProof said = parse(BuildProof::parse, payload);
        requireOwn(round, builder, said.spec(), said.round(), said.builder());
        if (!said.inputs().equals(Dependency.of(round.opening().spec()))) {
            throw refused("resolvedDependencies must be exactly the files that the spec pins, in their order");
        }
        Optional<Filed> commitment = round.state().assignment(builder).flatMap(Assignment::commitment);
        if (commitment.isPresent()) {
            requireRevealable(said, commitment.get());
        }
        return taken(round.file(new Filing(
                EnvelopeKind.PROOF,
                envelope,
                payload.signedBy(),
                log,
                filed -> new RoundEvent.Proven(now, builder, token, finality(said.outcome()), filed))));
    }

    private void requireRevealable(BuildProof said, Filed commitment) throws RefusedException, IOException {
        if (said.commitmentIndex().isEmpty() || said.commitmentIndex().getAsLong() != commitment.index()) {
            throw refused("commitmentIndex must be " + commitment.index() + ", where the log has the commitment");
        }
        for (Sha256 named : named(said)) {
            if (blobs.find(named).isEmpty()) {
                throw new RefusedException(Complaint.BLOB_MISSING, "upload the blob sha256:" + named + " first");
            }
        }
    }

    private static List<Sha256> named(BuildProof said) {
        List<Sha256> named = new ArrayList<>(List.of(said.log(), said.environment()));
        if (said.outcome() instanceof Outcome.Built built) {
            built.outputs().files().stream().map(Output.File::sha256).forEach(named::add);
        }
        return named;
    }

    private static Finality finality(Outcome outcome) {
        boolean retryable = outcome instanceof Outcome.Failed failed
                && (failed.failure() == FailureClass.INFRASTRUCTURE
                        || failed.failure() == FailureClass.INPUT_UNAVAILABLE);
        return retryable ? Finality.RETRYABLE : Finality.FINAL;
    }

    /** By a key that the trust root names, or one that good evidence of this round vouches for. */
    private VerifiedPayload verified(LiveRound round, BuilderId builder, Envelope envelope, Instant now)
            throws RefusedException {
        return signers.builder(builder, envelope, now)
                .or(() -> round.state().assignment(builder).stream()
                        .flatMap(part -> part.voices().stream())
                        .flatMap(key -> envelope.verify(key).stream())
                        .findFirst())
                .orElseThrow(() -> new RefusedException(
                        Complaint.NOT_SIGNED,
                        "the envelope is not signed by a key of " + builder + " that counts now"));
    }

    private static void requireOwn(
            LiveRound round, BuilderId builder, SpecDigest spec, RoundId saidRound, BuilderId saidBuilder)
            throws RefusedException {
        if (!saidBuilder.equals(builder)) {
            throw refused("the statement is of another builder than the one that sends it");
        } else if (!saidRound.equals(round.id()) || !spec.equals(round.opening().digest())) {
            throw refused("the statement is about another round or spec");
        }
    }

    private static Filed taken(Answer answer) throws RefusedException {
        if (answer instanceof Answer.Taken taken) {
            return taken.filed();
        }
        throw Refusals.of(answer);
    }

    private interface Reader<T> {
        T read(VerifiedPayload payload) throws MalformedException;
    }

    private static <T> T parse(Reader<T> reader, VerifiedPayload payload) throws RefusedException {
        try {
            return reader.read(payload);
        } catch (MalformedException e) {
            throw refused(e.getMessage());
        }
    }

    private static RefusedException refused(String detail) {
        return new RefusedException(Complaint.ENVELOPE_REFUSED, detail);
    }
}
