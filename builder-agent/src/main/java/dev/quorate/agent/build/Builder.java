package dev.quorate.agent.build;

import java.io.IOException;

/** Runs one locked spec from files that are already there. */
public interface Builder {
    /**
     * Builds, captures, and clears away everything but the outputs and the log.
     *
     * @return what came out; a build that fails is a result, not an exception
     * @throws InterruptedException if the caller's thread was interrupted: every process of the build is dead and its
     *     directory is empty again
     * @throws IOException if this machine's own files could not be read or written
     */
    BuildResult build(BuildOrder order) throws InterruptedException, IOException;
}
