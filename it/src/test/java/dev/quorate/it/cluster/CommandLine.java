package dev.quorate.it.cluster;

import dev.quorate.cli.ExitCode;
import dev.quorate.cli.Main;
import dev.quorate.cli.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command line in a directory, with its client configuration in {@code client.yaml} there. */
public record CommandLine(Path directory) {
    /** What one command did. */
    public record Result(ExitCode code, String out, String err) {}

    public Result run(String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("QUORATE_CONFIG", directory.resolve("client.yaml").toString());
        environment.put("QUORATE_LAUNCHER", TestLauncher.in(directory).toString());
        var here = new Surroundings(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                directory,
                InstantSource.system(),
                Surroundings.Screen.PLAIN);
        ExitCode code = new Main(here).run(words);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    public String require(String... words) {
        Result result = run(words);
        if (result.code() != ExitCode.OK) {
            throw new AssertionError("quorate " + String.join(" ", List.of(words)) + ": " + result);
        }
        return result.out();
    }
}
