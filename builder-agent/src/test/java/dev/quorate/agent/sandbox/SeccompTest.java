package dev.quorate.agent.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SeccompTest {
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;
    private static final int EAFNOSUPPORT = 97;

    @TempDir
    Path directory;

    private SandboxFixture sandbox;

    @BeforeEach
    void make() throws IOException {
        assumeTrue(Machine.current() == Machine.AMD64, "NOT TESTED: the numbers below are those of amd64");
        SandboxFixture.need("perl");
        sandbox = new SandboxFixture(directory);
    }

    @ParameterizedTest
    @CsvSource({
        "mount,         165, 0",
        "umount2,       166, 0",
        "pivot_root,    155, 0",
        "setns,         308, 0",
        "unshare user,  272, 0x10000000",
        "unshare none,  272, 0",
        "clone newuser, 56,  0x10000011",
        "clone newns,   56,  0x20011",
        "add_key,       248, 0",
        "keyctl,        250, 0",
        "bpf,           321, 0",
        "perf_event,    298, 0",
        "userfaultfd,   323, 0",
        "io_uring,      425, 1",
        "kexec_load,    246, 0",
        "init_module,   175, 0",
        "finit_module,  313, 0",
        "clock_settime, 227, 0",
        "swapon,        167, 0",
        "reboot,        169, 0",
        "fsopen,        430, 0",
        "syslog,        103, 3"
    })
    void whatNoBuildNeedsIsNotPermitted(String name, int call, String argument) throws Exception {
        assertEquals(EPERM, errno(call, argument), name);
    }

    @Test
    void cloneWithFlagsThatAFilterCannotSeeIsUnknown() throws Exception {
        assertEquals(ENOSYS, errno(435, "0"));
    }

    @ParameterizedTest
    @CsvSource({"packet, 17", "alg, 38", "vsock, 40"})
    void socketsOutsideOfTheNetworkNamespaceAreUnknown(String name, String family) throws Exception {
        assertEquals(EAFNOSUPPORT, errno(41, family), name);
    }

    @ParameterizedTest
    @CsvSource({"TIOCSTI, 0x5412", "TIOCLINUX, 0x541c", "TIOCSTI with high bits, 0x100005412"})
    void terminalsCannotBeTypedInto(String name, String request) throws Exception {
        assertEquals(EPERM, errno(16, "0, " + request), name);
    }

    @ParameterizedTest
    @CsvSource({"unix, '1, 1'", "inet, '2, 1'", "inet6, '10, 1'", "netlink, '16, 3'"})
    void ordinarySocketsWork(String name, String arguments) throws Exception {
        assertEquals(0, errno(41, arguments + ", 0"), name);
    }

    @Test
    void theX32CallsAreKilled() throws Exception {
        Ending ending = sandbox.run(SandboxFixture.bounds(), "perl", "-e", "syscall(0x40000000 + 39); exit 0");
        assertEquals(new Ending.Exited(128 + 31), ending, sandbox.log());
    }

    @Test
    void threadsAndProcessesStillStart() throws Exception {
        Ending ending =
                sandbox.run(SandboxFixture.bounds(), "sh", "-c", "(true | cat) && test \"$(echo x | tr x y)\" = y");
        assertEquals(new Ending.Exited(0), ending, sandbox.log());
    }

    @Test
    void noDescriptorOfTheLauncherIsInherited() throws Exception {
        Ending ending = sandbox.run(
                SandboxFixture.bounds(), "perl", "-e", "print join ' ', grep { -e \"/proc/self/fd/$_\" } 3..20");
        assertEquals(new Ending.Exited(0), ending);
        assertEquals("", sandbox.log());
    }

    @ParameterizedTest
    @EnumSource(Machine.class)
    void everyMachinesProgramIsWellFormed(Machine machine) {
        ByteBuffer program = ByteBuffer.wrap(SeccompFilter.program(machine)).order(ByteOrder.LITTLE_ENDIAN);
        int length = program.capacity() / 8;
        assertEquals(0, program.capacity() % 8);
        for (int i = 0; i < length; i++) {
            int code = program.getShort(8 * i);
            int ifTrue = program.get(8 * i + 2) & 0xff;
            int ifFalse = program.get(8 * i + 3) & 0xff;
            boolean jumps = (code & 7) == 5;
            assertEquals(true, !jumps || i + 1 + Math.max(ifTrue, ifFalse) < length, "jump at " + i);
        }
        assertEquals(6, program.getShort(8 * (length - 1)), "the last instruction returns");
    }

    /** What the kernel answers to a raw call inside. */
    private int errno(int call, String arguments) throws IOException, InterruptedException {
        String script = "my $r = syscall(" + call + ", " + arguments + "); print $r < 0 ? $! + 0 : 0";
        Ending ending = sandbox.run(SandboxFixture.bounds(), "perl", "-e", script);
        assertEquals(new Ending.Exited(0), ending, sandbox.log());
        return Integer.parseInt(sandbox.log());
    }
}
