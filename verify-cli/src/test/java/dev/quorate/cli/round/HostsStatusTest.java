package dev.quorate.cli.round;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.cli.ExitCode;
import dev.quorate.cli.Shell;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code quorate status --hosts}. */
class HostsStatusTest extends RoundCase {
    private static String builder(String name, String state, String host) {
        return "{\"builder\":\"%s\",\"operator\":\"o\",\"zone\":\"z\",\"cpuVendor\":\"amd\",\"hosts\":1,\"state\":\"%s\",\"host\":%s}"
                .formatted(name, state, host);
    }

    private static String host(String reason, String index) {
        return """
                {"id":"0123456789abcdef","since":"2026-11-25T12:00:00Z","until":"2026-11-25T16:00:00Z","reason":"%s",\
                "evidence":"00","index":%s}""".formatted(reason, index);
    }

    private Shell.Said hosts(String... builders) {
        coordinator.answers("GET /v1/builders", "{\"builders\":[" + String.join(",", builders) + "]}");
        return shell.run("status", "--hosts");
    }

    private static void row(Shell.Said said, String row) {
        assertTrue(
                said.out().lines().anyMatch(line -> line.replaceAll(" +", " ").equals(row)), said.out());
    }

    @Test
    void hostsStandAsTheCoordinatorSays() throws Exception {
        String admitted = builder("b1", "ADMITTED", host("", "4"));
        Shell.Said good = hosts(admitted, builder("b2", "NONE", "null"));
        assertEquals(ExitCode.OK, good.code(), good.err());
        row(good, "b1 o z amd ADMITTED 2026-11-25T12:00:00Z 2026-11-25T16:00:00Z 0123456789ab 4 -");
        row(good, "b2 o z amd NONE - - - - the trust root names no host of it");
        row(good, "1 admitted, of 1 builder whose hosts the trust root names");

        Shell.Said open =
                hosts(admitted, builder("b2", "UNSEEN", "null"), builder("b3", "EXPIRED", host("before: LOST", "6")));
        assertEquals(ExitCode.UNDECIDED, open.code(), open.err());
        row(open, "b2 o z amd UNSEEN - - - - has shown no host yet; start its agent");
        row(open, "b3 o z amd EXPIRED 2026-11-25T12:00:00Z - 0123456789ab 6 its certificate has ended");

        Shell.Said lost = hosts(
                builder("b1", "LOST", host("PCR_UNEXPECTED: \\u001b[31mPCR 7", "null")),
                builder("b2", "RESTARTED", host("BOOT_CHANGED: another", "9")));
        assertEquals(ExitCode.NEGATIVE, lost.code(), lost.err());
        assertFalse(lost.out().contains("\u001b"), lost.out());
        assertTrue(lost.out().contains("LOST") && lost.out().contains("PCR 7"), lost.out());
        row(lost, "b2 o z amd RESTARTED 2026-11-25T12:00:00Z - 0123456789ab 9 BOOT_CHANGED: another");
        row(lost, "0 admitted, of 2 builders whose hosts the trust root names");
    }

    @Test
    void aWordThatNobodyKnowsIsNoState() throws Exception {
        Shell.Said said = hosts(builder("b1", "PERHAPS", "null"));
        assertEquals(ExitCode.USAGE, said.code(), said.out());
        assertTrue(said.err().contains("state"), said.err());
    }

    @Test
    void hostsGoWithNoRound() {
        for (String[] words : List.of(
                new String[] {"status"},
                new String[] {"status", "--hosts", "r-" + "0".repeat(25) + "1"},
                new String[] {"status", "--hosts", "--watch"})) {
            Shell.Said said = shell.run(words);
            assertEquals(ExitCode.USAGE, said.code(), said.out());
            assertTrue(said.err().contains("--hosts"), said.err());
        }
    }
}
