package dev.quorate.agent.work;

import dev.quorate.agent.build.PinnedFiles;
import dev.quorate.inputs.InputUnavailableException;
import dev.quorate.spec.RebuildSpec;
import java.io.IOException;

/** Gets what a spec pins. */
public interface Inputs {
    /**
     * Every pinned file of the spec, each checked against its digest.
     *
     * @throws InputUnavailableException if no place has one of them
     * @throws IOException if this machine fails
     */
    PinnedFiles gather(RebuildSpec spec) throws InputUnavailableException, IOException, InterruptedException;
}
