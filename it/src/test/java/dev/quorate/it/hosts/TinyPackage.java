package dev.quorate.it.hosts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A package that is a whole root file system: a shell, and a dpkg that has nothing to do. Assembled in a few seconds. */
final class TinyPackage {
    private TinyPackage() {}

    /** Makes the {@code .deb} below a directory. */
    static Path make(Path directory) throws IOException, InterruptedException {
        Path bin = Files.createDirectories(directory.resolve("tree/bin"));
        Files.copy(Path.of("/bin/busybox"), bin.resolve("busybox"));
        for (String name : new String[] {"sh", "cat", "chmod"}) {
            Files.createSymbolicLink(bin.resolve(name), Path.of("busybox"));
        }
        Files.writeString(bin.resolve("dpkg"), "#!/bin/sh\nexit 0\n");
        Files.setPosixFilePermissions(bin.resolve("dpkg"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(
                Files.createDirectories(directory.resolve("tree/DEBIAN")).resolve("control"), """
                Package: tiny
                Version: 1
                Architecture: amd64
                Maintainer: nobody <nobody@example.org>
                Description: a shell
                """);
        Path deb = directory.resolve("tiny.deb");
        Process process = new ProcessBuilder(
                        "dpkg-deb",
                        "--build",
                        "--root-owner-group",
                        directory.resolve("tree").toString(),
                        deb.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new AssertionError(Files.readString(directory.resolve("said")));
        }
        return deb;
    }
}
