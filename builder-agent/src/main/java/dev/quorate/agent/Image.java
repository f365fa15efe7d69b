package dev.quorate.agent;

import dev.quorate.agent.image.ImageException;
import dev.quorate.agent.image.ImageOrder;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** {@code agent image}: makes a machine that is a builder. */
final class Image {
    private static final String SUITE = "bookworm";

    private Image() {}

    static Json.Obj run(List<String> arguments)
            throws ConfigurationException, MalformedException, IOException, InterruptedException {
        Options options = Options.parse(arguments, Set.of("--out", "--cache", "--lock", "--suite"), Set.of());
        List<String> missing = ImageOrder.missing();
        if (!missing.isEmpty()) {
            throw new ConfigurationException("an image needs more of this machine: " + String.join("; ", missing));
        }
        String suite = options.get("--suite").orElse(SUITE);
        if (!suite.matches("[a-z]{3,32}")) {
            throw new ConfigurationException("--suite must be a Debian code name like bookworm");
        }
        Path out = Path.of(options.need("--out"));
        if (Files.exists(out)) {
            throw new ConfigurationException(out + " exists already; name a directory that does not");
        }
        // The image carries the very program that makes it.
        List<Path> program = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::exists)
                .toList();
        try {
            return new ImageOrder(
                            out,
                            options.get("--lock").map(Path::of),
                            suite,
                            Path.of(options.need("--cache")).toAbsolutePath().normalize(),
                            program)
                    .make();
        } catch (ImageException e) {
            throw new ConfigurationException("no image: " + e.getMessage());
        }
    }
}
