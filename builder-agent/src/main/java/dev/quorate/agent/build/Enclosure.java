package dev.quorate.agent.build;

import dev.quorate.agent.sandbox.Bounds;
import dev.quorate.digest.Sha256;
import dev.quorate.proof.OutputSet;
import java.io.IOException;
import java.time.Instant;

/** What stands between a build and this machine. */
interface Enclosure {
    /**
     * What a build in it sees of this machine.
     *
     * @param closure of its root file system
     * @param clock when it starts
     */
    EnvironmentRecord record(Bounds bounds, Sha256 closure, Instant clock) throws IOException, InterruptedException;

    /**
     * Runs a build to its end and captures its outputs.
     *
     * @throws InterruptedException after all of it was killed
     */
    OutputSet run(Prepared build) throws UnbuildableException, IOException, InterruptedException;
}
