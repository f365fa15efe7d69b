package dev.quorate.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher puts on a program's class path has every class that our own code names. */
class PackagedJarsTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final ToolProvider JDEPS = ToolProvider.findFirst("jdeps").orElseThrow();

    @ParameterizedTest
    @ValueSource(strings = {"verify-cli", "builder-agent", "coordinator"})
    void aProgramHasAllItsClasses(String module) throws IOException {
        Path target = HOME.resolve(module).resolve("target");
        Path libraries = target.resolve("lib");
        String classPath;
        try (Stream<Path> jars = Files.list(libraries)) {
            classPath = jars.map(Path::toString).collect(Collectors.joining(":"));
        }
        var out = new StringWriter();
        var print = new PrintWriter(out);
        int status = JDEPS.run(
                print,
                print,
                Stream.concat(
                                Stream.of("--multi-release", "25", "--missing-deps", "--class-path", classPath),
                                Stream.of(
                                                target.resolve(module + "-0.1.0.jar"),
                                                libraries.resolve("attestations-0.1.0.jar"),
                                                libraries.resolve("rebuild-specs-0.1.0.jar"))
                                        .map(Path::toString))
                        .toArray(String[]::new));
        assertEquals(List.of(), out.toString().lines().toList());
        assertEquals(0, status);
    }
}
