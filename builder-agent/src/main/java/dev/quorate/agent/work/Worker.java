package dev.quorate.agent.work;

import dev.quorate.agent.protocol.Assignment;
import dev.quorate.agent.protocol.Coordinator;
import dev.quorate.agent.protocol.LeaseLostException;
import dev.quorate.agent.protocol.RefusedException;
import dev.quorate.round.RoundId;
import dev.quorate.spec.Platform;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leases assignments and works on them, one at a time, until it is interrupted. */
public final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final Platform platform;
    private final Coordinator coordinator;
    private final Journal journal;
    private final Assignments assignments;
    private final LongPoll poll;
    private int failures;

    private Worker(Surroundings around) {
        var patience = new Patience(around.pause(), around.backoff());
        platform = around.platform();
        coordinator = around.coordinator();
        journal = new JournalDirectory(around.rounds());
        poll = new LongPoll(patience, around.clock());
        assignments = new Assignments(
                journal,
                new Skeptic(around.trust(), around.self(), platform),
                new Scribe(around.self(), around.signer(), around.links()),
                around.voices(),
                new Workshop(around.inputs(), around.builder(), around.nonces(), around.clock()),
                new Delivery(coordinator, around.blobs(), patience, poll),
                around.clock());
    }

    /** A worker that speaks with nothing but these. */
    public static Worker in(Surroundings around) {
        return new Worker(around);
    }

    /**
     * Works until the thread is interrupted.
     *
     * @throws InterruptedException always, in the end: an unfinished build was handed back, a commitment is kept for the
     *     next start, and nothing is running
     */
    public void run() throws InterruptedException {
        while (true) {
            turn().ifPresent(reason -> LOG.error("assignment not worked on reason={}", reason));
            if (failures > 0) {
                Duration wait = poll.patience().backoff().after(failures);
                poll.patience().pause().take(wait);
            }
        }
    }

    /**
     * Leases once, and works on what came.
     *
     * @return why it could not be finished, if something came and could not
     */
    Optional<String> turn() throws InterruptedException {
        try {
            Optional<Assignment> assignment = poll.ask(() -> coordinator.lease(platform, LongPoll.WAIT));
            if (assignment.isPresent()) {
                assignments.work(assignment.get());
            } else {
                forgetWhatIsOver();
            }
            failures = 0;
            return Optional.empty();
        } catch (LeaseLostException | RefusedException | UnprovenException | IOException e) {
            failures++;
            return Optional.of(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    private void forgetWhatIsOver() throws LeaseLostException, RefusedException, IOException, InterruptedException {
        for (RoundId round : journal.rounds()) {
            if (poll.patience().insist(() -> coordinator.isOver(round))) {
                LOG.info("round is over without this builder round={}", round);
                journal.forget(round);
            }
        }
    }
}
