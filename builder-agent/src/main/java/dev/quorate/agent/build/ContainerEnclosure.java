package dev.quorate.agent.build;

import dev.quorate.agent.sandbox.Bounds;
import dev.quorate.agent.sandbox.Sandbox;
import dev.quorate.digest.Sha256;
import dev.quorate.proof.OutputSet;
import java.io.IOException;
import java.time.Instant;

/** A bubblewrap sandbox on this machine's own kernel. */
record ContainerEnclosure(Sandbox sandbox) implements Enclosure {
    @Override
    public EnvironmentRecord record(Bounds bounds, Sha256 closure, Instant clock)
            throws IOException, InterruptedException {
        return MachineFacts.container(sandbox.confinement(bounds), closure, clock);
    }

    @Override
    public OutputSet run(Prepared build) throws UnbuildableException, IOException, InterruptedException {
        build.require(sandbox.run(build.sandboxed()));
        return build.capture(build.workspace().work());
    }
}
