package dev.quorate.agent.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.agent.build.BuildOrder;
import dev.quorate.agent.build.BuildResult;
import dev.quorate.agent.build.Builder;
import dev.quorate.agent.fixture.FakePause;
import dev.quorate.agent.fixture.HonestBuilder;
import dev.quorate.agent.fixture.TestRound;
import dev.quorate.agent.fixture.Village;
import dev.quorate.agent.protocol.CoordinatorException;
import dev.quorate.agent.sandbox.Trees;
import dev.quorate.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One fault at every place in turn, until a run is too short to meet it: the round always ends the same. */
class FaultEverywhereTest {
    private static final int MORE_THAN_THERE_ARE = 60;

    private final Village village = new Village();

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void oneCommitmentAndOneProofWhereverItStrikes(FaultPlan.Fault fault) throws Exception {
        int struck = 0;
        while (struck < MORE_THAN_THERE_ARE && play(struck, fault)) {
            struck++;
        }
        // Lease, build, commit, two reveals, three uploads and the proof are each such a place.
        assertTrue(struck >= 9 && struck < MORE_THAN_THERE_ARE, fault + " struck " + struck + " times");
    }

    private boolean play(int place, FaultPlan.Fault fault) throws Exception {
        var workers = new Workers(Files.createDirectory(directory.resolve("run" + place)), village);
        workers.haveInput();
        var round = new TestRound(village);
        var plan = new FaultPlan(place, fault);
        live(workers, round, plan);
        for (int start = 0; start < 3; start++) {
            live(workers, round, FaultPlan.none());
        }
        assertEquals(1, round.commitments(), fault + " at " + place);
        assertEquals(1, round.proofs().size(), fault + " at " + place);
        assertTrue(round.stored().contains(Sha256.of(HonestBuilder.OUTPUT)));
        try (var left = Files.list(workers.rounds())) {
            assertEquals(Optional.empty(), left.findAny(), fault + " at " + place);
        }
        return plan.struck();
    }

    /** A process that lives until its first turn is over, or it dies. */
    private static void live(Workers workers, TestRound round, FaultPlan plan) throws InterruptedException {
        var faulty = new FaultyRound(round, plan);
        Builder builder = order -> {
            try {
                return plan.meet(() -> build(order));
            } catch (CoordinatorException e) {
                // A network fault means nothing to a builder.
                return build(order);
            }
        };
        try {
            Optional<String> problem =
                    workers.worker(faulty, faulty, builder, new FakePause()).turn();
            assertEquals(Optional.empty(), problem);
        } catch (FaultPlan.Crash e) {
            assertTrue(plan.struck());
        } catch (IllegalStateException e) {
            assertTrue(e.getCause() instanceof FaultPlan.Crash, String.valueOf(e.getCause()));
        }
    }

    private static BuildResult build(BuildOrder order) {
        try {
            // A retried build finds its directory as its first attempt did.
            Trees.delete(order.directory());
            Files.createDirectories(order.directory());
            return new HonestBuilder().build(order);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
