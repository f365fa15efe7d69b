package dev.quorate.agent.vm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What tests with real machines share. */
public final class MachineFixture {
    private MachineFixture() {}

    /** Skips loudly where a machine cannot be made, and fails where everything must be there. */
    public static void need() throws IOException {
        List<String> missing = Requirements.missing();
        String sentence = "NOT TESTED: virtual machines: " + String.join("; ", missing);
        if ("true".equals(System.getenv("CI"))) {
            Assertions.assertEquals(List.of(), missing, sentence);
        }
        Assumptions.assumeTrue(missing.isEmpty(), sentence);
    }

    /** As above, for one file of a package. */
    public static void need(Path file, String debian) {
        String sentence = "NOT TESTED: " + file + " is missing: apt-get install " + debian;
        if ("true".equals(System.getenv("CI"))) {
            Assertions.assertTrue(Files.exists(file), sentence);
        }
        Assumptions.assumeTrue(Files.exists(file), sentence);
    }

    /** Something to wait for. */
    public interface Condition {
        boolean holds() throws IOException;
    }

    /** Waits for a condition, two minutes at most. */
    public static void await(Condition condition) throws IOException {
        long begin = System.nanoTime();
        while (!condition.holds()) {
            Assertions.assertTrue(System.nanoTime() - begin < TimeUnit.MINUTES.toNanos(2), "waited for two minutes");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** Whether a QEMU is below this program. */
    public static boolean anyMachineRuns() {
        return ProcessHandle.current()
                .descendants()
                .anyMatch(process -> process.info().command().orElse("").contains("qemu"));
    }
}
