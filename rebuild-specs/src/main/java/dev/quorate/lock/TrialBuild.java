package dev.quorate.lock;

import dev.quorate.inputs.FileCache;
import dev.quorate.spec.RebuildSpec;
import java.io.IOException;
import java.net.URI;

/** One build with network, to learn what a Maven build asks its repository for. Its outputs mean nothing. */
public interface TrialBuild {
    /**
     * Builds once.
     *
     * @param spec with environment and sources locked, and no repository
     * @param cache has every locked file
     * @param repositoryMirror stands for every Maven repository; on the loopback interface
     * @throws LockException if the build fails, with the end of its log
     */
    void run(RebuildSpec spec, FileCache cache, URI repositoryMirror)
            throws LockException, IOException, InterruptedException;
}
