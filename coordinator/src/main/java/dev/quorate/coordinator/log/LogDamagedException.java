package dev.quorate.coordinator.log;

/** A file of the log is not what was once made durable. The message names it and what is wrong, in one sentence. */
public final class LogDamagedException extends Exception {
    private static final long serialVersionUID = 1;

    LogDamagedException(String path, String problem) {
        super(path + ": " + problem + "; restore the log's directory from a copy before opening it");
    }
}
