package dev.quorate.agent.vm;

import dev.quorate.agent.sandbox.Bounds;
import dev.quorate.agent.sandbox.Ending;
import dev.quorate.agent.sandbox.Mount;
import dev.quorate.agent.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs builds, each in a machine that is made for it. */
public final class VirtualMachine {
    /** The program that is the machine. */
    public static final String QEMU = "qemu-system-x86_64";
    /** The machine type: in every QEMU since Debian 12's, and kept for years. */
    public static final String TYPE = "pc-q35-7.2";
    /** The processor model: the oldest with all of x86-64-v2, which TCG and every KVM host can give. */
    public static final String CPU = "Nehalem-v1";
    /** How many processors a guest has. */
    public static final int CPUS = 2;

    private static final long MIB = 1L << 20;
    /** Of the guest's kernel and its first programs, which come on top of a build's memory. */
    private static final long GUEST_MIB = 192;
    /** Of QEMU itself, translated code included. */
    private static final long QEMU_MIB = 1024;

    private static final int QEMU_PROCESSES = 256;
    private static final Duration BOOT = Duration.ofMinutes(2);
    /** Before a build has begun a machine may come to a standstill, and nothing is lost by another. */
    private static final int STARTS = 2;

    private final Sandbox sandbox;
    private final GuestKernel kernel;
    private final Accelerator accelerator;
    private final Duration boot;

    /**
     * Machines with one kernel and accelerator.
     *
     * @param sandbox holds QEMU in
     */
    public VirtualMachine(Sandbox sandbox, GuestKernel kernel, Accelerator accelerator) {
        this(sandbox, kernel, accelerator, BOOT);
    }

    VirtualMachine(Sandbox sandbox, GuestKernel kernel, Accelerator accelerator, Duration boot) {
        this.sandbox = sandbox;
        this.kernel = kernel;
        this.accelerator = accelerator;
        this.boot = boot;
    }

    /**
     * Runs a build to its end, or to a limit's. What it printed is in the order's log; after a status, its outputs are in
     * {@link #outputs}.
     *
     * @throws InterruptedException after the machine was killed
     */
    public Ending run(MachineOrder order) throws IOException, InterruptedException {
        return run(order, GuestFiles.forBuild(kernel, order));
    }

    Ending run(MachineOrder order, InitialRamDisk ramDisk) throws IOException, InterruptedException {
        for (int start = 1; ; start++) {
            Disks disks = Disks.make(order);
            var watchdog = new BootWatchdog(disks.report(), boot);
            Ending ending = run(order, ramDisk, disks, watchdog);
            if (!watchdog.expired() || start == STARTS) {
                return judge(ending, GuestReport.read(disks.report()), order, disks);
            }
        }
    }

    private Ending run(MachineOrder order, InitialRamDisk ramDisk, Disks disks, BootWatchdog watchdog)
            throws IOException, InterruptedException {
        Path initrd = order.place().resolve("initrd");
        ramDisk.write(initrd);
        Bounds inside = order.inside().bounds();
        long memoryMib = inside.memory() / MIB + GUEST_MIB;
        Bounds outside = new Bounds(
                inside.time().multipliedBy(accelerator.patience()).plus(boot),
                (memoryMib + QEMU_MIB) * MIB,
                disks.size(),
                inside.log(),
                QEMU_PROCESSES);
        List<Mount> mounts = new ArrayList<>(List.of(
                new Mount(disks.writable(), QemuCommand.DISKS, Mount.Access.WRITABLE),
                new Mount(initrd, QemuCommand.RAM_DISK, Mount.Access.READ_ONLY),
                new Mount(order.image(), QemuCommand.ROOT, Mount.Access.READ_ONLY),
                new Mount(disks.inputs(), QemuCommand.INPUTS, Mount.Access.READ_ONLY)));
        return HostSandbox.run(
                sandbox,
                kernel,
                accelerator,
                mounts,
                QemuCommand.build(accelerator, memoryMib, order.clock()),
                outside,
                watchdog,
                order.inside().scratch());
    }

    /** Where the tar of outputs lies after a run. */
    public static Path outputs(MachineOrder order) {
        return new Disks(order.place().resolve("disks"), order.place().resolve("inputs")).outputs();
    }

    private Ending judge(Ending ending, GuestReport report, MachineOrder order, Disks disks) throws IOException {
        Bounds bounds = order.inside().bounds();
        return switch (report) {
            case GuestReport.Ended ended -> judge(ended, bounds, order);
            case GuestReport.Running ignored when ending instanceof Ending.LimitReached reached -> reached;
            case GuestReport.Running ignored ->
                new Ending.MachineFailed(
                        "the virtual machine ended without a result (" + said(ending) + "); its console" + " ends: "
                                + Sandbox.lastLine(disks.writable().resolve("console")));
            case GuestReport.None ignored ->
                new Ending.MachineFailed("the virtual machine did not start the build (" + said(ending) + "); its"
                        + " console ends: " + Sandbox.lastLine(disks.writable().resolve("console")));
        };
    }

    private static Ending judge(GuestReport.Ended report, Bounds bounds, MachineOrder order) throws IOException {
        if (report.killed() > 0) {
            return new Ending.LimitReached(
                    "the build used more memory than its limit of " + bounds.memory() + " bytes");
        }
        if (report.diskUse() > bounds.disk()) {
            return new Ending.LimitReached("the build used more disk than its limit of " + bounds.disk() + " bytes");
        }
        if (!report.executed()) {
            return new Ending.MachineFailed("the sandbox in the virtual machine did not start (" + report.status()
                    + "): " + Sandbox.lastLine(order.inside().log()));
        }
        if (report.status() == 0 && !report.whole()) {
            return new Ending.LimitReached(
                    "the build's outputs are larger than its disk limit of " + bounds.disk() + " bytes");
        }
        return new Ending.Exited(report.status());
    }

    private static String said(Ending ending) {
        return switch (ending) {
            case Ending.Exited(int status) -> "QEMU ended with status " + status;
            case Ending.LimitReached(String detail) -> detail;
            case Ending.MachineFailed(String detail) -> detail;
        };
    }
}
