package dev.quorate.agent.vm;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.agent.sandbox.Bounds;
import dev.quorate.agent.sandbox.Ending;
import dev.quorate.agent.sandbox.Network;
import dev.quorate.agent.sandbox.Sandbox;
import dev.quorate.agent.sandbox.SandboxOrder;
import dev.quorate.spec.RelativePath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guests that do not do what ours does: everything in them belongs to a stranger. */
class VirtualMachineTest {
    private static final long MIB = 1 << 20;
    private static final Instant CLOCK = Instant.parse("2026-06-03T00:00:00Z");

    @TempDir
    Path directory;

    @BeforeEach
    void need() throws Exception {
        MachineFixture.need();
    }

    private Ending run(String init, Duration boot) throws Exception {
        GuestKernel kernel = GuestKernel.find().orElseThrow();
        var disk = new InitialRamDisk()
                .program("/bin/busybox", Files.readAllBytes(HostPrograms.busybox()))
                .program("/init", ("#!/bin/busybox sh\nset -u\n" + init).getBytes(StandardCharsets.UTF_8));
        int number = 0;
        for (byte[] module : KernelModules.of(kernel)) {
            disk.file("/modules/" + (char) ('a' + number++) + ".ko", module);
        }
        return new VirtualMachine(new Sandbox("quorate-test-vm"), kernel, Accelerator.TCG, boot).run(order(), disk);
    }

    private MachineOrder order() throws Exception {
        Path work = Files.createDirectories(directory.resolve("work"));
        Path inputs = Files.createDirectories(directory.resolve("inputs"));
        Path image = directory.resolve("image");
        Files.write(image, new byte[4096]);
        var inside = new SandboxOrder(
                directory.resolve("root"),
                List.of(),
                List.of("true"),
                Map.of(),
                "/build",
                Network.NONE,
                new Bounds(Duration.ofMillis(1), 64 * MIB, 8 * MIB, MIB, 100),
                Files.createDirectories(directory.resolve("scratch")));
        return new MachineOrder(image, inside, work, inputs, List.of("out"), List.of(RelativePath.parse("x")), CLOCK);
    }

    private static final String DISKS = """
            b() { /bin/busybox "$@"; }
            b mkdir /sys /dev; b mount -t sysfs sysfs /sys; b mount -t devtmpfs dev /dev
            for module in /modules/*.ko; do b insmod $module; done
            disk() { for d in /sys/block/vd*; do [ "$(b cat $d/serial)" != "$1" ] || echo "/dev/${d##*/}"; done; }
            """;

    @Test
    void aMachineThatEndsWithoutAReportIsAFailureOfTheMachine() throws Exception {
        Ending ending = run("echo powering off; exec /bin/busybox poweroff -f\n", Duration.ofMinutes(2));
        String detail = assertInstanceOf(Ending.MachineFailed.class, ending).detail();
        assertTrue(detail.startsWith("the virtual machine did not start the build"), detail);
    }

    @Test
    void aMachineThatStopsInTheMiddleOfABuildIsOneToo() throws Exception {
        Ending ending = run(
                DISKS + "printf 'quorate-guest 1\\nrunning\\n' | b dd of=$(disk report) conv=sync,fsync bs=4096\n"
                        + "b poweroff -f\n",
                Duration.ofMinutes(2));
        String detail = assertInstanceOf(Ending.MachineFailed.class, ending).detail();
        assertTrue(detail.startsWith("the virtual machine ended without a result"), detail);
    }

    @Test
    void aMachineThatNeverBeginsIsKilledAndAnotherOneIsTried() throws Exception {
        Ending ending = run("while :; do /bin/busybox sleep 1000; done\n", Duration.ofSeconds(3));
        String detail = assertInstanceOf(Ending.MachineFailed.class, ending).detail();
        assertTrue(detail.contains("(it was not ready after 3 s)"), detail);
        assertFalse(MachineFixture.anyMachineRuns());
    }

    @Test
    void disksAndLogHoldNoMoreThanTheirSizeAndTheReadOnlyOnesAreThat() throws Exception {
        Ending ending = run(
                DISKS
                        + "until [ -c /dev/vport0p1 ]; do b usleep 10000; done\n"
                        + "echo ro $(b cat /sys/block/vda/ro) $(b cat /sys/block/vdb/ro) >/dev/vport0p1\n"
                        + "b dd if=/dev/zero of=$(disk outputs) bs=1M 2>/dev/null\n"
                        + "b dd if=/dev/zero of=$(disk report) bs=4096 2>/dev/null\n"
                        + "b yes | b head -c 3000000 >/dev/vport0p1\n"
                        + "b poweroff -f\n",
                Duration.ofMinutes(2));
        String detail = assertInstanceOf(Ending.MachineFailed.class, ending).detail();
        String log = Files.readString(order().inside().log());
        assertTrue(
                log.startsWith("ro 1 1\n"),
                () -> detail + "; the log: " + log.substring(0, Math.min(100, log.length())));
        assertTrue(log.contains("[log limit reached:"), "the log has no limit");
        assertTrue(Files.size(VirtualMachine.outputs(order())) < 32 * MIB);
    }
}
