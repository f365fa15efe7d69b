package dev.quorate.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * What a command has around it.
 *
 * @param out answers
 * @param err progress and complaints
 * @param environment variables of the process
 * @param directory where relative paths begin
 * @param clock tells the time
 * @param screen whether {@code err} is a terminal on which things may move
 */
public record Surroundings(
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Path directory,
        InstantSource clock,
        Screen screen) {
    /** Where progress goes. */
    public enum Screen {
        /** A person's terminal. */
        TERMINAL,
        /** A file, a pipe or a log. */
        PLAIN
    }

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Those of this process, in UTF-8 whatever the locale is. The launcher says whether standard error is a terminal: the JDK cannot tell. */
    static Surroundings ofProcess() {
        Map<String, String> environment = System.getenv();
        Screen screen = "1".equals(environment.get("QUORATE_TTY")) ? Screen.TERMINAL : Screen.PLAIN;
        return new Surroundings(
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                environment,
                Path.of("").toAbsolutePath(),
                InstantSource.system(),
                screen);
    }

    /** The time now. */
    public Instant now() {
        return clock.instant();
    }

    /** A variable that is set and not empty. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** A path that the user gave. */
    public Path path(String text) throws RefusedException {
        try {
            if (!text.isEmpty()) {
                return directory.resolve(text);
            }
        } catch (InvalidPathException e) {
            throw new RefusedException("a path cannot contain a NUL character; give another one", e);
        }
        throw new RefusedException("a path is empty; name a file");
    }

    /** Says what is going on, on a line of its own. */
    public void progress(String line) {
        err.println(line);
    }

    /** Shows what is going on in place of the last such line, on a terminal only. */
    public void moving(String line) {
        if (screen == Screen.TERMINAL) {
            err.print("\r\u001b[K" + line);
            err.flush();
        }
    }

    /** Clears a moving line. */
    public void still() {
        moving("");
    }
}
