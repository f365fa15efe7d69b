package dev.quorate.verify;

import dev.quorate.log.VerifiedCheckpoint;
import java.util.List;

/**
 * The log as the kit shows it.
 *
 * @param witnesses names of the known witnesses that cosigned
 */
public record LogView(String origin, long size, List<String> witnesses) {
    static LogView of(VerifiedCheckpoint checkpoint) {
        return new LogView(
                checkpoint.checkpoint().origin(),
                checkpoint.head().size(),
                checkpoint.cosignatures().stream()
                        .map(c -> c.witness().name().text())
                        .toList());
    }
}
