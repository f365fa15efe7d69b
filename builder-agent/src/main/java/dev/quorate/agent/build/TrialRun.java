package dev.quorate.agent.build;

import dev.quorate.agent.sandbox.Network;
import dev.quorate.spec.RebuildSpec;
import dev.quorate.spec.Recipe;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * A Maven build that finds out what it needs: the same sandbox and steps, but with this machine's network and a mirror
 * on this machine, which notes what is fetched. It is for a maintainer's own spec, not for a stranger's.
 */
public final class TrialRun {
    private TrialRun() {}

    /**
     * Builds once.
     *
     * @param spec its environment and sources are locked; repository files need not be
     * @param files what the lock names
     * @param mirror {@code http://127.0.0.1:port/…}, serving every repository
     * @param data where root file systems are kept
     * @param directory empty; the log and the outputs remain in it
     * @throws IllegalArgumentException if the spec is no Maven build, or the mirror is elsewhere
     */
    public static BuildResult run(RebuildSpec spec, PinnedFiles files, URI mirror, Path data, Path directory)
            throws IOException, InterruptedException {
        if (spec.recipe().kind() != Recipe.Kind.MAVEN) {
            throw new IllegalArgumentException("only a maven build has a trial run");
        }
        return LocalBuilder.inContainers(data, InstantSource.system())
                .build(new BuildOrder(spec, files, directory), MavenSteps.through(mirror), Network.MACHINE);
    }
}
