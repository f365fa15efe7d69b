package dev.quorate.agent.sandbox;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Gives up a sandbox that shows no sign of what it was started for. */
@FunctionalInterface
public interface Watchdog {
    /** Waits for nothing. */
    Watchdog NONE = running -> Optional.empty();

    /**
     * Asked about once a second.
     *
     * @param running time since the start
     * @return why the sandbox is to be killed
     */
    Optional<String> overdue(Duration running) throws IOException;
}
