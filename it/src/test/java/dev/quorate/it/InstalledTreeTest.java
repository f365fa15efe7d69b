package dev.quorate.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher among jars, without sources, in surroundings that give it little. */
@Timeout(120)
class InstalledTreeTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path installed;

    @BeforeEach
    void install() throws IOException {
        Files.copy(HOME.resolve("quorate"), installed.resolve("quorate"));
        Path jars = Files.createDirectories(installed.resolve("lib/verify-cli"));
        Path target = HOME.resolve("verify-cli/target");
        link(jars, target.resolve("verify-cli-0.1.0.jar"));
        try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
            for (Path library : libraries.toList()) {
                link(jars, library);
            }
        }
    }

    private static void link(Path directory, Path jar) throws IOException {
        Files.createSymbolicLink(directory.resolve(jar.getFileName()), jar);
    }

    /** Runs a line of bash below a path with a space and an umlaut, which bash names whatever the locale is. */
    private String say(String line, Map<String, String> environment) throws IOException, InterruptedException {
        String begin = "mkdir -p $'a k\\303\\274che' && cd $'a k\\303\\274che' && ";
        var process = new ProcessBuilder("/bin/bash", "-c", begin + line)
                .directory(installed.toFile())
                .redirectErrorStream(true);
        process.environment().clear();
        process.environment().putAll(environment);
        process.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
        process.environment().put("QUORATE_JAVA_HOME", System.getProperty("java.home"));
        Process running = process.start();
        String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return running.waitFor() + ": " + said.strip();
    }

    @Test
    void namesAreReadAsTheyAreWithoutALocale() throws Exception {
        String line = "touch $'r\\303\\251sum\\303\\251' && ../quorate spec check \"$PWD/\"$'r\\303\\251sum\\303\\251'";
        String expected = "2: quorate: " + installed.toRealPath() + "/a küche/résumé: is empty";
        assertEquals(expected, say(line, Map.of()));
        assertEquals(expected, say(line, Map.of("LC_ALL", "POSIX", "LANG", "C")));
    }

    @Test
    void aLinkFindsTheTreeThatItLeadsTo() throws Exception {
        String line = "ln -s ../quorate one && ln -s one two && ./two --version";
        assertEquals("0: quorate 0.1.0 (Java " + Runtime.version() + ")", say(line, Map.of()));
    }
}
