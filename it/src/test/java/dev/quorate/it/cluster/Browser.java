package dev.quorate.it.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.quorate.inputs.process.Command;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Chromium without a window, which shows pages that need scripts. */
public final class Browser {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int LONGEST_PAGE = 1 << 22;

    private final Path profile;

    /** With a profile of its own there. */
    public Browser(Path profile) {
        this.profile = profile;
    }

    /** Skips the test where it is missing, and fails it in CI. */
    public static void need() {
        boolean there = Files.isExecutable(PROGRAM);
        String sentence = "chromium is missing: apt-get install chromium, or run ./quorate test";
        if ("true".equals(System.getenv("CI"))) {
            assertTrue(there, sentence);
        }
        assumeTrue(there, sentence);
    }

    /** A page as it is when its scripts have done what they do in their first seconds, as markup. */
    public String shown(URI page) throws IOException, InterruptedException {
        List<String> words = List.of(
                PROGRAM.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--no-proxy-server",
                // The page's certificate is made by the coordinator itself.
                "--ignore-certificate-errors",
                "--user-data-dir=" + profile,
                "--virtual-time-budget=8000",
                "--dump-dom",
                page.toString());
        Map<String, String> environment =
                Map.of("HOME", profile.toString(), "PATH", "/usr/bin:/bin", "LANG", "C.UTF-8");
        return new Command(words, environment, Files.createDirectories(profile), PATIENCE).text(LONGEST_PAGE);
    }
}
