package dev.quorate.agent.work;

import dev.quorate.agent.protocol.Coordinator;
import dev.quorate.agent.protocol.CoordinatorException;
import dev.quorate.agent.protocol.Lease;
import dev.quorate.agent.protocol.LeaseLostException;
import dev.quorate.agent.protocol.RefusedException;
import dev.quorate.agent.protocol.UnreachableException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a lease alive from a thread of its own, with a heartbeat each third of it, until it is closed or lost. */
final class LeaseKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final int THIRDS = 3;

    private final Coordinator coordinator;
    private final Lease lease;
    private final Pause pause;
    private final Thread thread;
    private boolean lost;
    private Runnable onLoss = () -> {};

    private LeaseKeeper(Coordinator coordinator, Lease lease, Duration remaining, Pause pause) {
        this.coordinator = coordinator;
        this.lease = lease;
        this.pause = pause;
        this.thread =
                Thread.ofPlatform().name("lease " + lease.round()).daemon().unstarted(() -> run(remaining));
    }

    static LeaseKeeper keep(Coordinator coordinator, Lease lease, Duration remaining, Pause pause) {
        var keeper = new LeaseKeeper(coordinator, lease, remaining, pause);
        keeper.thread.start();
        return keeper;
    }

    /** What to do when the lease is lost; done at once if it already is. */
    void onLoss(Runnable action) {
        boolean already;
        synchronized (this) {
            already = lost;
            onLoss = action;
        }
        if (already) {
            action.run();
        }
    }

    synchronized boolean isLost() {
        return lost;
    }

    private void run(Duration first) {
        Duration remaining = first;
        try {
            while (true) {
                pause.take(interval(remaining));
                remaining = beat(remaining);
            }
        } catch (LeaseLostException | RefusedException e) {
            LOG.warn("lease lost round={} token={} reason={}", lease.round(), lease.token(), e.getMessage());
            lose();
        } catch (InterruptedException e) {
            LOG.debug("lease no longer kept round={} token={}", lease.round(), lease.token());
        } catch (CoordinatorException e) {
            throw new IllegalStateException("a sealed class has no other case", e);
        }
    }

    private Duration beat(Duration remaining) throws CoordinatorException, InterruptedException {
        try {
            return coordinator.heartbeat(lease);
        } catch (UnreachableException e) {
            LOG.warn("heartbeat missed round={} reason={}", lease.round(), e.getMessage());
            // Sooner each time: the lease runs on while the coordinator is away.
            return remaining.dividedBy(2);
        }
    }

    private void lose() {
        Runnable action;
        synchronized (this) {
            lost = true;
            action = onLoss;
        }
        action.run();
    }

    private static Duration interval(Duration remaining) {
        Duration third = remaining.dividedBy(THIRDS);
        if (third.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return third.compareTo(LONGEST) > 0 ? LONGEST : third;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
