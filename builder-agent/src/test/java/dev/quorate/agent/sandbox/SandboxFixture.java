package dev.quorate.agent.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A sandbox over this machine's own programs: a root of links and {@code /usr}, nothing else. */
public final class SandboxFixture {
    private static final String PREFIX = "quorate-test";
    private static final long MIB = 1 << 20;

    private final Path directory;
    private final Path root;
    private final Path work;

    /** Makes one below a temporary directory, which may be closed to others. */
    public SandboxFixture(Path directory) throws IOException {
        this.directory = directory;
        need("bwrap");
        root = miniRoot(Files.createDirectories(directory.resolve("root")));
        work = Files.createDirectories(directory.resolve("work"));
    }

    /** Skips loudly without a program, and fails where everything must be there. */
    public static void need(String program) {
        boolean there = List.of("/usr/bin/" + program, "/usr/sbin/" + program).stream()
                .anyMatch(path -> Files.isExecutable(Path.of(path)));
        String sentence = "NOT TESTED: " + program + " is not installed";
        if ("true".equals(System.getenv("CI"))) {
            Assertions.assertTrue(there, sentence);
        }
        Assumptions.assumeTrue(there, sentence);
    }

    /** A root file system that is this machine's {@code /usr}, as hard facts of the Debian layout. */
    public static Path miniRoot(Path root) throws IOException {
        for (String link : List.of("bin", "sbin", "lib", "lib64")) {
            if (Files.exists(Path.of("/usr/" + link))) {
                Files.createSymbolicLink(root.resolve(link), Path.of("usr/" + link));
            }
        }
        Files.createDirectory(root.resolve("usr"));
        Files.createDirectory(root.resolve("etc"));
        return root;
    }

    static Bounds bounds() {
        return new Bounds(Duration.ofSeconds(60), 512 * MIB, 64 * MIB, MIB, 256);
    }

    Path work() {
        return work;
    }

    SandboxOrder order(Bounds bounds, String... command) throws IOException {
        Path scratch = Files.createDirectories(directory.resolve("scratch"));
        return new SandboxOrder(
                root,
                List.of(
                        new Mount(Path.of("/usr"), "/usr", Mount.Access.READ_ONLY),
                        new Mount(work, "/build", Mount.Access.WRITABLE)),
                List.of(command),
                Map.of("PATH", "/usr/bin:/usr/sbin", "LC_ALL", "C.UTF-8"),
                "/build",
                Network.NONE,
                bounds,
                scratch);
    }

    Ending run(Bounds bounds, String... command) throws IOException, InterruptedException {
        return new Sandbox(PREFIX).run(order(bounds, command));
    }

    String log() throws IOException {
        return Files.readString(directory.resolve("scratch/log"));
    }
}
