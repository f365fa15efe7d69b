package dev.quorate.coordinator.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.round.RoundId;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** What is due in a round is done by one worker at a time, and nothing that comes meanwhile is overlooked. */
class ClerkTest {
    private static final RoundId ROUND = RoundId.ofRandom(new byte[16]);
    private static final RoundId OTHER = RoundId.ofRandom(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});

    /** What threads would run, each its own. */
    private final Queue<Runnable> workers = new ArrayDeque<>();

    private final List<RoundId> later = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final Clerk clerk = new Clerk(workers::add, (round, in) -> later.add(round), new Bell(), Clock.systemUTC());

    @Test
    void aRoundThatIsWorkedAtGetsNoSecondWorker() {
        clerk.work(ROUND, () -> {
            done.add("begins");
            // Counting makes the certificate due, which is told before the count has returned.
            if (done.size() == 1) {
                clerk.work(ROUND, () -> done.add("by a second worker"));
                clerk.work(OTHER, () -> done.add("another round"));
                assertEquals(1, workers.size());
                workers.remove().run();
            }
            done.add("ends");
        });
        workers.remove().run();
        assertTrue(workers.isEmpty());
        assertEquals(List.of("begins", "another round", "ends", "begins", "ends"), done);
    }

    @Test
    void whoeverAsksBeforeAWorkerBeginsIsServedByIt() {
        clerk.work(ROUND, () -> done.add("once"));
        clerk.work(ROUND, () -> done.add("twice"));
        workers.remove().run();
        assertTrue(workers.isEmpty());
        assertEquals("once", done.getFirst());
        clerk.work(ROUND, () -> done.add("anew"));
        workers.remove().run();
        assertEquals("anew", done.getLast());
    }

    @Test
    void whatFailsIsTriedAgainAndHoldsNobodyUp() {
        clerk.work(ROUND, () -> {
            throw new IOException("the disk is full");
        });
        workers.remove().run();
        assertEquals(List.of(ROUND), later);
        clerk.work(ROUND, () -> done.add("again"));
        workers.remove().run();
        assertEquals(List.of("again"), done);
    }
}
