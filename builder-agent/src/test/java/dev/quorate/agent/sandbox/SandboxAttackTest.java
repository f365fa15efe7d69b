package dev.quorate.agent.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxAttackTest {
    @TempDir
    Path directory;

    private SandboxFixture sandbox;

    @BeforeEach
    void make() throws IOException {
        sandbox = new SandboxFixture(directory);
    }

    @Test
    void aCommandRunsUnprivilegedUnderTheHostNameQuorate() throws Exception {
        Ending ending = run("id -u; hostname; pwd; echo $PATH; echo made > file");
        assertEquals(new Ending.Exited(0), ending, sandbox.log());
        assertEquals("1000\nquorate\n/build\n/usr/bin:/usr/sbin\n", sandbox.log());
        assertEquals("made\n", Files.readString(sandbox.work().resolve("file")));
    }

    @Test
    void theStatusOfTheCommandIsTheEnding() throws Exception {
        assertEquals(new Ending.Exited(7), run("exit 7"));
    }

    @Test
    void noNetworkIsReachable() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String connect = "exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort();
            Ending ending = sandbox.run(SandboxFixture.bounds(), "bash", "-c", connect + " || exit 9");
            assertEquals(9, status(ending), sandbox.log());
            assertEquals(0, status(run("test \"$(ls /proc/self/net/dev_snmp6 2>/dev/null | grep -v '^lo$')\" = ''")));
        }
    }

    @Test
    void theAgentsKeyIsNotThere() throws Exception {
        Path key = Files.writeString(directory.resolve("agent.key"), "secret");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals(1, status(run("grep -rs secret " + key + " /proc/1/root" + key + " && exit 0; exit 1")));
        assertEquals("", sandbox.log());
    }

    @Test
    void theRootAndTheInputsCannotBeWritten() throws Exception {
        assertEquals(0, status(run("for f in /x /usr/x /etc/x /dev/x; do ! touch $f || exit 1; done")));
    }

    @Test
    void aForkBombEndsAtTheProcessLimit() throws Exception {
        Bounds few = new Bounds(Duration.ofSeconds(60), 256L << 20, 64L << 20, 1 << 20, 64);
        Ending ending = sandbox.run(
                few, "perl", "-e", "my $n = 1; while (defined(my $p = fork)) { if (!$p) { sleep 60 } $n++ } print $n");
        assertEquals(new Ending.Exited(0), ending);
        int reached = Integer.parseInt(sandbox.log());
        assertTrue(reached > 8 && reached <= 64, "the bomb reached " + reached + " processes");
    }

    @Test
    void aMemoryHogReachesTheLimit() throws Exception {
        Assumptions.assumeTrue(
                new Sandbox("quorate-test")
                                .confinement(SandboxFixture.bounds())
                                .unavailable()
                                .size()
                        == 1,
                "NOT TESTED: this machine has no writable memory control group");
        Bounds small = new Bounds(Duration.ofSeconds(60), 64L << 20, 64L << 20, 1 << 20, 64);
        Ending ending = sandbox.run(small, "perl", "-e", "my @a; push @a, 'x' x (1 << 20) while 1");
        assertTrue(assertInstanceOf(Ending.LimitReached.class, ending).detail().contains("memory"), ending.toString());
    }

    @Test
    void aDiskFillerReachesTheLimit() throws Exception {
        assertReached("disk", run("i=0; while :; do head -c 8000000 /dev/zero > f$i; i=$((i+1)); done"));
    }

    @Test
    void deletedFilesThatAreKeptOpenCount() throws Exception {
        assertReached(
                "disk",
                sandbox.run(
                        SandboxFixture.bounds(),
                        "perl",
                        "-e",
                        "for (1..12) { open my $f, '>', 'f'; push @f, $f; unlink 'f'; print $f 'x' x 8000000 } sleep 60"));
    }

    @Test
    void aSingleFileCannotOutgrowTheDiskLimit() throws Exception {
        run("trap '' XFSZ; head -c 200000000 /dev/zero > f; true");
        assertTrue(Files.size(sandbox.work().resolve("f"))
                <= SandboxFixture.bounds().disk());
    }

    @Test
    void aLongLogIsCutAndSaysSo() throws Exception {
        Ending ending = run("yes | head -c 10485760");
        assertEquals(new Ending.Exited(0), ending);
        assertTrue(sandbox.log().endsWith("[log limit reached: 9437184 bytes dropped]\n"));
        assertTrue(sandbox.log().length() < (1 << 20) + 100);
    }

    @Test
    void ignoringSigtermDoesNotOutliveTheTimeLimit() throws Exception {
        Bounds brief = new Bounds(Duration.ofSeconds(1), 256L << 20, 64L << 20, 1 << 20, 64);
        Ending ending = sandbox.run(brief, "sh", "-c", "trap '' TERM INT HUP; sleep 7654321");
        assertReached("longer", ending);
        assertFalse(Processes.anyRuns("7654321"));
    }

    @Test
    void aDaemonDiesWithItsBuild() throws Exception {
        assertEquals(0, status(run("setsid sleep 8765432 </dev/null >/dev/null 2>&1 & exit 0")));
        assertFalse(Processes.anyRuns("8765432"));
    }

    @Test
    void anInterruptKillsEverything() throws Exception {
        var order = sandbox.order(SandboxFixture.bounds(), "sh", "-c", "touch started; sleep 9876543");
        var thrown = new Throwable[1];
        Thread build = Thread.ofPlatform().start(() -> {
            try {
                new Sandbox("quorate-test").run(order);
            } catch (IOException | InterruptedException e) {
                thrown[0] = e;
            }
        });
        Processes.await(() -> Processes.anyRuns("9876543"));
        build.interrupt();
        build.join();
        assertInstanceOf(InterruptedException.class, thrown[0]);
        assertFalse(Processes.anyRuns("9876543"));
    }

    @Test
    void aSandboxThatCannotStartIsTheMachinesFailure() throws Exception {
        Ending ending = sandbox.run(SandboxFixture.bounds(), "/no/such/program");
        assertTrue(assertInstanceOf(Ending.MachineFailed.class, ending).detail().contains("/no/such/program"));
    }

    private Ending run(String script) throws IOException, InterruptedException {
        return sandbox.run(SandboxFixture.bounds(), "sh", "-c", script);
    }

    private static int status(Ending ending) {
        return assertInstanceOf(Ending.Exited.class, ending).status();
    }

    private static void assertReached(String limit, Ending ending) {
        assertTrue(assertInstanceOf(Ending.LimitReached.class, ending).detail().contains(limit), ending.toString());
    }
}
