package dev.quorate.agent.vm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What this host must have for virtual machines. */
public final class Requirements {
    private static final Map<Path, String> PROGRAMS = new TreeMap<>(Map.of(
            Path.of("/usr/bin", VirtualMachine.QEMU), "qemu-system-x86",
            Path.of("/usr/bin/mksquashfs"), "squashfs-tools",
            Path.of("/usr/sbin/mkfs.ext4"), "e2fsprogs",
            Path.of("/usr/bin/bwrap"), "bubblewrap",
            Path.of("/usr/bin/setpriv"), "util-linux",
            Path.of("/usr/bin/busybox"), "busybox-static"));

    private Requirements() {}

    /** What is missing, each with its remedy; empty if machines can be tried. */
    public static List<String> missing() throws IOException {
        List<String> missing = new ArrayList<>();
        if (!List.of("amd64", "x86_64").contains(System.getProperty("os.arch"))) {
            missing.add("an x86-64 processor");
        }
        PROGRAMS.forEach((program, names) -> {
            // Without a merged /usr, busybox and the like lie one level higher.
            if (!Files.isExecutable(program)
                    && !Files.isExecutable(Path.of("/").resolve(program.subpath(1, program.getNameCount())))) {
                missing.add(program.getFileName() + ": apt-get install " + names);
            }
        });
        if (GuestKernel.find().isEmpty()) {
            missing.add("a kernel in /boot that this user may read, with its modules: apt-get install"
                    + " linux-image-cloud-amd64");
        }
        return missing;
    }
}
