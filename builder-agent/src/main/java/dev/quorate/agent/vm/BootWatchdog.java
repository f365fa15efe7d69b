package dev.quorate.agent.vm;

import dev.quorate.agent.sandbox.Watchdog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Gives up a machine whose guest has not said in time that it runs the build. */
final class BootWatchdog implements Watchdog {
    private final Path report;
    private final Duration boot;
    private boolean begun;
    private boolean expired;

    BootWatchdog(Path report, Duration boot) {
        this.report = report;
        this.boot = boot;
    }

    @Override
    public Optional<String> overdue(Duration running) throws IOException {
        begun = begun || !(GuestReport.read(report) instanceof GuestReport.None);
        expired = !begun && running.compareTo(boot) > 0;
        return expired ? Optional.of("it was not ready after " + boot.toSeconds() + " s") : Optional.empty();
    }

    /** Whether the machine was given up. */
    boolean expired() {
        return expired;
    }
}
