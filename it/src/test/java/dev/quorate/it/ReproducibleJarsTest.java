package dev.quorate.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.quorate.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our own jars, built once more at another path, another time zone and with another locale, have the same bytes. */
class ReproducibleJarsTest {
    private static final List<String> MODULES =
            List.of("rebuild-specs", "attestations", "builder-agent", "coordinator", "verify-cli");
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path elsewhere;

    @Test
    void anotherBuildGivesTheSameJars() throws Exception {
        Map<String, Sha256> ours = jars(HOME);
        assertEquals(MODULES.size(), ours.size(), "package the modules first: mvn verify");
        copySources();
        ProcessBuilder maven = new ProcessBuilder(
                "mvn",
                "-B",
                "-ntp",
                "-o",
                "-q",
                "-P",
                "!format",
                "-Dmaven.test.skip=true",
                "-pl",
                String.join(",", MODULES),
                "package");
        maven.environment().putAll(Map.of("TZ", "Pacific/Kiritimati", "LC_ALL", "C"));
        Process process =
                maven.directory(elsewhere.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        assertEquals(ours, jars(elsewhere));
    }

    private static Map<String, Sha256> jars(Path tree) throws IOException {
        Map<String, Sha256> found = new TreeMap<>();
        for (String module : MODULES) {
            Path jar = tree.resolve(module).resolve("target/" + module + "-0.1.0.jar");
            if (Files.exists(jar)) {
                found.put(module, Sha256.of(Files.readAllBytes(jar)));
            }
        }
        return found;
    }

    private void copySources() throws IOException {
        Files.walkFileTree(HOME, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                String name = String.valueOf(directory.getFileName());
                if (Set.of("target", ".git", "quorate-demo").contains(name)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(elsewhere.resolve(HOME.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, elsewhere.resolve(HOME.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
        assertFalse(Files.exists(elsewhere.resolve("rebuild-specs/target")));
    }
}
