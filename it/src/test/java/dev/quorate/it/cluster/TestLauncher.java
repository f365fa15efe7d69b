package dev.quorate.it.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Stands in for the launcher script: the same commands over the test's class path, and nothing is ever built. */
final class TestLauncher {
    private TestLauncher() {}

    /** The script's path; written where it is not there yet. */
    static Path in(Path directory) {
        Path script = directory.resolve("launcher.sh");
        try {
            if (!Files.exists(script)) {
                Files.writeString(script, """
                        #!/bin/sh
                        [ "$1" = agent ] || exit 2
                        shift
                        exec '%s' -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp '%s' dev.quorate.agent.Main "$@"
                        """.formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                System.getProperty("java.class.path")));
                Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            return script;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
