package dev.quorate.agent.work;

import dev.quorate.agent.protocol.Assignment;
import dev.quorate.agent.protocol.Lease;
import dev.quorate.agent.protocol.LeaseLostException;
import dev.quorate.agent.protocol.RefusedException;
import dev.quorate.agent.protocol.Reveal;
import dev.quorate.json.Printable;
import dev.quorate.log.LogIndex;
import dev.quorate.proof.Outcome;
import dev.quorate.round.RoundOpening;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works on one assignment from wherever its journal says that it stands, to the end. */
record Assignments(
        Journal journal,
        Skeptic skeptic,
        Scribe scribe,
        Voices voices,
        Workshop workshop,
        Delivery delivery,
        InstantSource clock) {
    private static final Logger LOG = LoggerFactory.getLogger(Assignments.class);

    /**
     * Works until the proof is acknowledged.
     *
     * @throws LeaseLostException if somebody else holds the assignment now; nothing is running any more
     * @throws UnprovenException if the coordinator's word does not hold; nothing was built or revealed for it
     * @throws InterruptedException if this agent is to end: an unfinished build is handed back, a commitment is kept
     */
    void work(Assignment assignment)
            throws LeaseLostException, RefusedException, UnprovenException, InterruptedException, IOException {
        RoundOpening opening = skeptic.opening(assignment, clock.instant());
        Lease lease = assignment.lease();
        LOG.info(
                "lease taken round={} token={} phase={} release={} spec={}",
                lease.round(),
                lease.token(),
                assignment.phase(),
                Printable.of(opening.spec().release().toString()),
                opening.digest());
        try (LeaseKeeper keeper = LeaseKeeper.keep(
                delivery.coordinator(),
                lease,
                assignment.remaining(),
                delivery.patience().pause())) {
            Optional<Entry> known = journal.read(lease.round());
            if (known.isEmpty() && assignment.phase() == Assignment.Phase.REVEAL) {
                throw new UnprovenException("this builder has committed, and its journal of the round is gone");
            }
            var speech = new Speech(voices, lease.round(), assignment.opening().digest());
            Optional<Entry> next = known.isPresent() ? known : Optional.of(build(opening, lease, keeper, speech));
            while (next.isPresent()) {
                next = advance(next.get(), opening, lease, speech);
            }
        }
    }

    private Entry build(RoundOpening opening, Lease lease, LeaseKeeper keeper, Speech speech)
            throws LeaseLostException, InterruptedException, IOException {
        var directory = journal.directory(lease.round());
        BuildThread build = BuildThread.start(() -> workshop.build(opening, directory), "build " + lease.round());
        keeper.onLoss(build::stop);
        Result result;
        try {
            result = build.await();
        } catch (InterruptedException e) {
            if (keeper.isLost()) {
                throw new LeaseLostException("the lease was lost while building");
            }
            delivery.handBack(lease);
            throw e;
        }
        LOG.info(
                "build finished round={} outcome={} result={} detail={}",
                lease.round(),
                result.outcome().word(),
                result.outcome().digest(),
                detail(result.outcome()));
        Entry entry = result.isVote() ? prepared(opening, result, speech) : excused(opening, result);
        journal.write(lease.round(), entry);
        return entry;
    }

    /** A machine that cannot show itself says so; it has no vote until it can. */
    private Entry prepared(RoundOpening opening, Result result, Speech speech)
            throws IOException, InterruptedException {
        Voice voice;
        try {
            voice = speech.voice();
        } catch (IOException e) {
            LOG.error("this machine cannot be shown round={} reason={}", opening.round(), e.getMessage());
            return excused(opening, result.unshown(e.getMessage()));
        }
        return new Entry.Prepared(
                result, voice.introduction(), scribe.with(voice).commitment(opening, result));
    }

    private Entry excused(RoundOpening opening, Result result) throws IOException {
        return new Entry.Excused(result, scribe.excuse(opening, result));
    }

    private static String detail(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Built built -> built.outputs().outputs().size() + " outputs";
            case Outcome.Failed failed -> Printable.quote(failed.detail());
        };
    }

    private Optional<Entry> advance(Entry entry, RoundOpening opening, Lease lease, Speech speech)
            throws LeaseLostException, RefusedException, UnprovenException, InterruptedException, IOException {
        return switch (entry) {
            case Entry.Prepared prepared -> Optional.of(commit(prepared, lease));
            case Entry.Committed committed -> Optional.of(awaitOthers(committed, opening, lease, speech));
            case Entry.Proven proven -> {
                delivery.introduce(lease, proven.introduction());
                LogIndex index =
                        delivery.prove(lease, journal.directory(lease.round()), proven.result(), proven.proof());
                LOG.info("proven round={} index={}", lease.round(), index);
                journal.forget(lease.round());
                yield Optional.empty();
            }
            case Entry.Excused excused -> {
                LogIndex index = delivery.excuse(lease, excused.proof());
                LOG.info("excused round={} index={}", lease.round(), index);
                journal.forget(lease.round());
                yield Optional.empty();
            }
        };
    }

    private Entry commit(Entry.Prepared prepared, Lease lease)
            throws LeaseLostException, RefusedException, InterruptedException, IOException {
        delivery.introduce(lease, prepared.introduction());
        LogIndex index = delivery.commit(lease, prepared.commitment());
        LOG.info("committed round={} index={}", lease.round(), index);
        Entry entry = new Entry.Committed(prepared.result(), prepared.commitment(), index);
        journal.write(lease.round(), entry);
        return entry;
    }

    private Entry awaitOthers(Entry.Committed committed, RoundOpening opening, Lease lease, Speech speech)
            throws LeaseLostException, RefusedException, UnprovenException, InterruptedException, IOException {
        Reveal reveal = delivery.awaitReveal(lease);
        skeptic.reveal(reveal, opening, committed.commitment(), committed.index(), speech.opening(), clock.instant());
        LOG.info(
                "revealed round={} commitments={}",
                lease.round(),
                reveal.commitments().size());
        // After a restart the key that committed is gone, and another one has to be introduced.
        boolean another = speech.isNew();
        Voice voice = speech.voice();
        Entry entry = new Entry.Proven(
                committed.result(),
                another ? voice.introduction() : Optional.empty(),
                scribe.with(voice).proof(opening, committed.result(), committed.index()));
        journal.write(lease.round(), entry);
        return entry;
    }
}
