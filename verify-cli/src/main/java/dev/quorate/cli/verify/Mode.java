package dev.quorate.cli.verify;

import dev.quorate.cli.Ending;
import java.util.Locale;

/** What a gate does about a verdict that is not positive. */
enum Mode {
    /** Says it and lets through. */
    INFO,
    /** Warns and lets through. */
    WARN,
    /** Stops. */
    BLOCK;

    /**
     * Reads the word after {@code --mode}.
     *
     * @throws IllegalArgumentException for another word
     */
    static Mode parse(String word) {
        return switch (word) {
            case "info" -> INFO;
            case "warn" -> WARN;
            case "block" -> BLOCK;
            default -> throw new IllegalArgumentException("must be info, warn or block");
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How the gate ends after such a check. */
    Ending ending(Ending check) {
        return switch (this) {
            case INFO, WARN -> Ending.POSITIVE;
            case BLOCK -> check;
        };
    }
}
