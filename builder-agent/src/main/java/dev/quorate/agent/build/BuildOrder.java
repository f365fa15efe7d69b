package dev.quorate.agent.build;

import dev.quorate.spec.RebuildSpec;
import java.nio.file.Path;

/**
 * One build to run.
 *
 * @param spec locked
 * @param files every file that the spec's lock names
 * @param directory empty and ours; the log and the outputs remain in it
 */
public record BuildOrder(RebuildSpec spec, PinnedFiles files, Path directory) {
    public BuildOrder {
        if (!spec.isLocked()) {
            throw new IllegalArgumentException("only a locked spec can be built");
        }
        directory = directory.toAbsolutePath().normalize();
    }
}
