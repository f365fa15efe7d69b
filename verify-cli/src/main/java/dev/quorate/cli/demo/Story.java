package dev.quorate.cli.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** Tells what happens, part by part, with the time each part took. */
final class Story {
    private final PrintStream out;
    private final InstantSource clock;
    private final Instant began;
    private Instant part;

    Story(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
        this.began = clock.instant();
        this.part = began;
    }

    void part(String title) {
        out.println();
        out.println("== " + title);
        part = clock.instant();
    }

    void say(String line) {
        out.println("   " + line);
    }

    void command(String line) {
        out.println("$  quorate " + line);
    }

    void ended() {
        out.println("   (" + seconds(part) + ")");
    }

    String sinceTheBeginning() {
        return seconds(began);
    }

    private String seconds(Instant since) {
        double seconds = Duration.between(since, clock.instant()).toMillis() / 1000.0;
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }
}
