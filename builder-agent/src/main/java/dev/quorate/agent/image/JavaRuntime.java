package dev.quorate.agent.image;

import dev.quorate.agent.sandbox.Spawner;
import dev.quorate.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The JDK that runs this, less what the agent does not need. The same JDK gives the same files.
 *
 * @param version of the JDK, for a person
 * @param files their {@linkplain FileTree digest}
 */
record JavaRuntime(String version, Sha256 files) {
    private static final Path JLINK = Path.of(System.getProperty("java.home"), "bin", "jlink");
    private static final List<String> MODULES = List.of(
            "java.base",
            "java.management",
            "java.naming",
            "java.net.http",
            "java.xml",
            "jdk.crypto.cryptoki",
            "jdk.httpserver",
            "jdk.unsupported",
            "jdk.zipfs");

    static boolean canBeMade() {
        return Files.isExecutable(JLINK);
    }

    /** Makes it in a directory that does not exist. */
    static JavaRuntime link(Path directory) throws IOException, InterruptedException {
        Process jlink = Spawner.start(new ProcessBuilder(
                        JLINK.toString(),
                        "--add-modules",
                        String.join(",", MODULES),
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--output",
                        directory.toString())
                .redirectErrorStream(true));
        jlink.getOutputStream().close();
        String said = new String(jlink.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jlink.waitFor() != 0) {
            throw new IOException(
                    "no Java runtime could be made of " + System.getProperty("java.home") + ": " + said.strip());
        }
        return new JavaRuntime(System.getProperty("java.vendor") + " " + Runtime.version(), FileTree.digest(directory));
    }
}
