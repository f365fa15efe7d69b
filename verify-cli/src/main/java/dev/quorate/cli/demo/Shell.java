package dev.quorate.cli.demo;

import dev.quorate.cli.ExitCode;
import dev.quorate.cli.Main;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** This command line, as its people call it in the demo's directory. Each command is shown before it runs. */
final class Shell {
    private final Story story;
    private final Surroundings here;

    /** @param out for what the commands print */
    Shell(Path directory, Story story, Surroundings outside, PrintStream out) {
        Map<String, String> environment = new HashMap<>(outside.environment());
        environment.put("QUORATE_CONFIG", directory.resolve("client.yaml").toString());
        this.story = story;
        this.here = new Surroundings(out, outside.err(), environment, directory, outside.clock(), outside.screen());
    }

    ExitCode run(String... words) {
        story.command(ShellWords.line(List.of(words)));
        return new Main(here).run(words);
    }

    /** Runs a command that must succeed. */
    void require(String... words) throws RefusedException {
        requireOk(run(words), words);
    }

    /** Runs a command that must succeed, and gives what it printed. */
    String read(String... words) throws RefusedException {
        story.command(ShellWords.line(List.of(words)));
        String printed = silently(words);
        here.out().print(printed);
        return printed;
    }

    /** Steps that only prepare the stage are done without a word. */
    void quiet(String... words) throws RefusedException {
        silently(words);
    }

    private String silently(String... words) throws RefusedException {
        var printed = new ByteArrayOutputStream();
        var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        var unheard =
                new Surroundings(out, here.err(), here.environment(), here.directory(), here.clock(), here.screen());
        requireOk(new Main(unheard).run(words), words);
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static void requireOk(ExitCode code, String... words) throws RefusedException {
        if (code != ExitCode.OK) {
            throw new RefusedException("the demo cannot go on after: quorate " + ShellWords.line(List.of(words)));
        }
    }
}
