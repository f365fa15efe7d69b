package dev.quorate.agent;

import java.time.Duration;

/**
 * What happens on SIGTERM: the working thread is interrupted and given time to hand back what is unfinished. Then the
 * process ends with status 0, as a stop that was asked for.
 *
 * @param working runs the agent
 */
record Drain(Thread working) {
    private static final Duration LONGEST = Duration.ofSeconds(45);

    void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::run, "drain"));
    }

    private void run() {
        working.interrupt();
        try {
            // The working thread ends the process itself when it has drained; the JVM then waits for nobody.
            boolean ended = working.join(LONGEST);
            Runtime.getRuntime().halt(ended ? 0 : 70);
        } catch (InterruptedException e) {
            Runtime.getRuntime().halt(70);
        }
    }
}
