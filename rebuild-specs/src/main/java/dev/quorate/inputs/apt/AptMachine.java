package dev.quorate.inputs.apt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What this machine's apt is configured with.
 *
 * @param etcApt directory of {@code sources.list} and {@code sources.list.d}
 * @param ownSuites names under which its own release may stand in them, the likeliest first
 */
public record AptMachine(Path etcApt, List<String> ownSuites) {
    private static final String CODENAME = "VERSION_CODENAME=";

    /** The machine that this runs on. */
    public static AptMachine present() throws IOException {
        List<String> suites = new ArrayList<>();
        Path release = Path.of("/etc/os-release");
        if (Files.isRegularFile(release)) {
            Files.readAllLines(release).stream()
                    .filter(line -> line.startsWith(CODENAME))
                    .map(line -> line.substring(CODENAME.length()).replace("\"", ""))
                    .forEach(suites::add);
        }
        suites.addAll(List.of("stable", "testing", "unstable", "sid"));
        return new AptMachine(Path.of("/etc/apt"), List.copyOf(suites));
    }
}
