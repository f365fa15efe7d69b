package dev.quorate.it.sim;

import dev.quorate.coordinator.log.Cosigning;
import dev.quorate.coordinator.log.SteppedLog;
import dev.quorate.coordinator.log.SteppedTalk;
import dev.quorate.log.LogIndex;
import dev.quorate.log.VerifiedCheckpoint;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Does what the coordinator's cosigner does, without its thread: asks all witnesses at once whenever the log has grown,
 * and again after a while if too few cosigned. What is asked, what answers mean and what is shown is decided by its parts.
 */
final class SimulatedCosigner {
    private static final long RETRY = 2000;

    private final Cosigning cosigning;
    private final SimulatedWitnesses witnesses;
    private final SteppedLog log;
    private final WitnessCheck check;
    private final World world;
    private final Consumer<IOException> failed;
    private final List<SteppedTalk> talks;
    private Optional<VerifiedCheckpoint> best = Optional.empty();
    private int open;
    private long notBefore;
    private boolean dead;

    SimulatedCosigner(
            Witnessing witnessing,
            SimulatedWitnesses witnesses,
            SteppedLog log,
            WitnessCheck check,
            World world,
            InstantSource clock,
            Consumer<IOException> failed) {
        this.cosigning = new Cosigning(Cast.LOG.key(), witnessing.keys(), witnessing.required());
        this.witnesses = witnesses;
        this.log = log;
        this.check = check;
        this.world = world;
        this.failed = failed;
        this.talks = SteppedTalk.with(witnessing.configured(), Cast.LOG.key(), clock, log);
    }

    /** Its process is gone: nobody hears what is still answered. */
    void die() {
        dead = true;
    }

    /** Whether the newest head is shown with enough cosignatures. */
    boolean isCurrent() throws IOException {
        return cosigning.isCurrent(log.head(), log.served());
    }

    /** The head that a kit with that entry is proven under, as far as witnesses have answered. */
    VerifiedCheckpoint over(long entry) throws IOException {
        Optional<VerifiedCheckpoint> head = cosigning.over(new LogIndex(entry), log.served(), best);
        return head.isPresent() ? head.get() : log.head();
    }

    /** Asks, if it is time. */
    void look() throws IOException {
        if (open > 0 || world.now() < notBefore || isCurrent()) {
            return;
        }
        VerifiedCheckpoint head = log.head();
        check.asked(head.head().size(), world.instant());
        open = talks.size();
        for (int i = 0; i < talks.size(); i++) {
            talks.get(i).begin(head);
            go(i, head);
        }
    }

    private void go(int which, VerifiedCheckpoint head) throws IOException {
        Optional<String> request = talks.get(which).request();
        if (request.isPresent()) {
            witnesses.ask(which, request.get(), answer -> {
                if (!dead) {
                    try {
                        if (answer.isPresent()) {
                            talks.get(which)
                                    .heard(answer.get().status(), answer.get().body());
                        } else {
                            talks.get(which).timedOut();
                        }
                        go(which, head);
                    } catch (IOException e) {
                        failed.accept(e);
                    }
                }
            });
        } else if (--open == 0) {
            gather(head);
        }
    }

    private void gather(VerifiedCheckpoint head) throws IOException {
        var round =
                cosigning.gather(head, talks.stream().map(SteppedTalk::answer).toList());
        world.tell("cosigner", "head of " + head.head().size() + " " + round.answers());
        best = Optional.of(round.head());
        notBefore = world.now() + (round.published().isPresent() ? 0 : RETRY);
        if (round.published().isPresent()) {
            publish(round.published().get());
        }
    }

    /** A file that cannot be written now is written later; the process goes on. */
    private void publish(VerifiedCheckpoint cosigned) throws IOException {
        try {
            log.publish(cosigned);
        } catch (PowerCut e) {
            throw e;
        } catch (IOException e) {
            world.tell("cosigner", "does not publish: " + e.getMessage());
            notBefore = world.now() + RETRY;
        }
    }
}
