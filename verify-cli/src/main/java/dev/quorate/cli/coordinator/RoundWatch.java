package dev.quorate.cli.coordinator;

import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.round.RoundId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Follows a round by server-sent events (WHATWG HTML §9.2) and connects again when the line breaks. */
public final class RoundWatch {
    /** A connection that has died silently is noticed by being replaced. */
    private static final Duration LONGEST_CONNECTION = Duration.ofMinutes(5);

    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;
    private static final int MAX_EVENT = 4 << 20;

    private final Coordinator coordinator;
    private final RoundId round;
    private final Surroundings here;
    private Optional<RoundStatus> last = Optional.empty();

    /** A watch over one round. */
    public RoundWatch(Coordinator coordinator, RoundId round, Surroundings here) {
        this.coordinator = coordinator;
        this.round = round;
        this.here = here;
    }

    /**
     * Watches until nothing changes any more or the time is over.
     *
     * @param changed is told each status
     * @return the last status seen, if there was any
     */
    public Optional<RoundStatus> until(Duration wait, Consumer<RoundStatus> changed)
            throws RefusedException, MalformedException, InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        long pause = FIRST_PAUSE_MILLIS;
        try (ScheduledExecutorService hangUp = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().factory())) {
            while (!isOver()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    break;
                }
                boolean heard = follow(hangUp, Math.min(left, LONGEST_CONNECTION.toNanos()), changed);
                pause = heard ? FIRST_PAUSE_MILLIS : Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
                if (!isOver()) {
                    await(Math.min(TimeUnit.MILLISECONDS.toNanos(pause), end - System.nanoTime()));
                }
            }
            hangUp.shutdownNow();
        }
        return last;
    }

    private boolean isOver() {
        return last.map(RoundStatus::isFinal).orElse(false);
    }

    /** Reads one connection to its end; says whether it told anything. */
    private boolean follow(ScheduledExecutorService hangUp, long nanos, Consumer<RoundStatus> changed)
            throws RefusedException, MalformedException, InterruptedException {
        boolean heard = false;
        try (InputStream in = coordinator.events(round)) {
            hangUp.schedule(() -> close(in), nanos, TimeUnit.NANOSECONDS);
            var events = new EventReader(in, MAX_EVENT);
            for (Optional<String> data = events.next(); data.isPresent() && !isOver(); data = events.next()) {
                String input = "event of " + round;
                RoundStatus status = RoundStatus.read(Fields.of(JsonReader.read(data.get(), input), input));
                last = Optional.of(status);
                heard = true;
                changed.accept(status);
            }
        } catch (IOException e) {
            here.moving("the connection to the coordinator broke; connecting again");
        } catch (RefusedException e) {
            if (!(e.getCause() instanceof UnreachableException)) {
                throw e;
            }
            here.moving(e.getMessage());
        }
        return heard;
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            // The reader sees the end of the stream either way.
            Thread.currentThread().interrupt();
        }
    }

    private static void await(long nanos) throws InterruptedException {
        if (nanos > 0) {
            boolean opened = new CountDownLatch(1).await(nanos, TimeUnit.NANOSECONDS);
            assert !opened;
        }
    }
}
