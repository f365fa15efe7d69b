package dev.quorate.agent.vm;

import dev.quorate.agent.sandbox.Bounds;
import dev.quorate.agent.sandbox.Ending;
import dev.quorate.agent.sandbox.Mount;
import dev.quorate.agent.sandbox.Sandbox;
import dev.quorate.agent.sandbox.Trees;
import dev.quorate.agent.sandbox.Watchdog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which accelerator machines use on this host.
 *
 * @param why one clause for a person
 */
public record AcceleratorChoice(Accelerator accelerator, String why) {
    private static final Path KVM = Path.of("/dev/kvm");
    private static final long MIB = 1L << 20;
    private static final Bounds BOUNDS = new Bounds(Duration.ofSeconds(45), 1024 * MIB, 16 * MIB, MIB, 256);
    private static final long GUEST_MIB = 128;
    private static final String DONE = "quorate-probe done";

    /** Seconds that a trial takes, or nothing if it did not end. */
    interface Trial {
        OptionalDouble seconds(Accelerator accelerator) throws IOException, InterruptedException;
    }

    /**
     * Tries it out: nothing where there is no {@code /dev/kvm}, some seconds where there is.
     *
     * @param scratch existing directory
     */
    public static AcceleratorChoice here(GuestKernel kernel, Path scratch) throws IOException, InterruptedException {
        Optional<String> obstacle = obstacle();
        if (obstacle.isPresent()) {
            return new AcceleratorChoice(Accelerator.TCG, obstacle.get());
        }
        return compare(accelerator -> boot(kernel, accelerator, scratch));
    }

    static AcceleratorChoice compare(Trial trial) throws IOException, InterruptedException {
        OptionalDouble kvm = trial.seconds(Accelerator.KVM);
        if (kvm.isEmpty()) {
            return new AcceleratorChoice(
                    Accelerator.TCG, "/dev/kvm opens, but a guest does not boot in it within a minute");
        }
        OptionalDouble tcg = trial.seconds(Accelerator.TCG);
        if (tcg.isPresent() && tcg.getAsDouble() < kvm.getAsDouble()) {
            return new AcceleratorChoice(
                    Accelerator.TCG,
                    "a guest boots and counts in " + text(kvm) + " with KVM and in " + text(tcg) + " without");
        }
        return new AcceleratorChoice(
                Accelerator.KVM,
                "a guest boots and counts in " + text(kvm) + ", and emulated in "
                        + (tcg.isPresent() ? text(tcg) : "more than a minute"));
    }

    private static Optional<String> obstacle() {
        if (!Files.exists(KVM)) {
            return Optional.of("there is no /dev/kvm");
        }
        return Files.isReadable(KVM) && Files.isWritable(KVM)
                ? Optional.empty()
                : Optional.of("this user may not open /dev/kvm; join the group kvm");
    }

    private static OptionalDouble boot(GuestKernel kernel, Accelerator accelerator, Path scratch)
            throws IOException, InterruptedException {
        // A fixed name, so that what a killed agent left is in nobody's way.
        Path place = scratch.resolve("probe");
        Trees.delete(place);
        Files.createDirectory(place);
        try {
            Path initrd = place.resolve("initrd");
            new InitialRamDisk()
                    .program("/init", GuestFiles.resource("probe"))
                    .program("/bin/busybox", Files.readAllBytes(HostPrograms.busybox()))
                    .write(initrd);
            Path disks = Files.createDirectory(place.resolve("disks"));
            long begin = System.nanoTime();
            Ending ending = HostSandbox.run(
                    new Sandbox("quorate-probe"),
                    kernel,
                    accelerator,
                    List.of(
                            new Mount(disks, QemuCommand.DISKS, Mount.Access.WRITABLE),
                            new Mount(initrd, QemuCommand.RAM_DISK, Mount.Access.READ_ONLY)),
                    QemuCommand.bare(accelerator, GUEST_MIB),
                    BOUNDS,
                    Watchdog.NONE,
                    place);
            double seconds = (System.nanoTime() - begin) / 1e9;
            boolean done = ending instanceof Ending.Exited
                    && Files.readString(place.resolve("log")).contains(DONE);
            return done ? OptionalDouble.of(seconds) : OptionalDouble.empty();
        } finally {
            Trees.delete(place);
        }
    }

    private static String text(OptionalDouble seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds.getAsDouble());
    }
}
