package dev.quorate.agent.vm;

import dev.quorate.agent.sandbox.Bounds;
import dev.quorate.agent.sandbox.Ending;
import dev.quorate.agent.sandbox.Mount;
import dev.quorate.agent.sandbox.Network;
import dev.quorate.agent.sandbox.Sandbox;
import dev.quorate.agent.sandbox.SandboxOrder;
import dev.quorate.agent.sandbox.Watchdog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** QEMU in a sandbox that shows it this host's {@code /usr}, its own files and, if it is to use it, {@code /dev/kvm}. */
final class HostSandbox {
    private static final Path KVM = Path.of("/dev/kvm");

    private HostSandbox() {}

    static Ending run(
            Sandbox sandbox,
            GuestKernel kernel,
            Accelerator accelerator,
            List<Mount> files,
            List<String> command,
            Bounds bounds,
            Watchdog watchdog,
            Path scratch)
            throws IOException, InterruptedException {
        List<Mount> mounts = new ArrayList<>(files);
        mounts.add(new Mount(Path.of("/usr"), "/usr", Mount.Access.READ_ONLY));
        mounts.add(new Mount(kernel.image(), QemuCommand.KERNEL, Mount.Access.READ_ONLY));
        if (accelerator == Accelerator.KVM) {
            mounts.add(new Mount(KVM, "/dev/kvm", Mount.Access.DEVICE));
        }
        var order = new SandboxOrder(
                links(scratch.resolve("machine/host")),
                mounts,
                command,
                Map.of("PATH", "/usr/bin:/usr/sbin", "LC_ALL", "C.UTF-8"),
                QemuCommand.DISKS,
                Network.NONE,
                bounds,
                scratch);
        return sandbox.run(order, watchdog);
    }

    /** The links of a merged {@code /usr}, where the loader and the shell are looked for. */
    private static Path links(Path root) throws IOException {
        Files.createDirectories(root);
        for (String name : List.of("bin", "sbin", "lib", "lib64")) {
            if (Files.exists(Path.of("/usr", name)) && !Files.isSymbolicLink(root.resolve(name))) {
                Files.createSymbolicLink(root.resolve(name), Path.of("usr", name));
            }
        }
        return root;
    }
}
