package dev.quorate.agent.build;

import dev.quorate.proof.FailureClass;
import dev.quorate.proof.OutputSet;
import java.nio.file.Path;
import java.time.Duration;

/** What came out of a build. */
public sealed interface BuildResult {
    /** What the machine looked like to the build. */
    EnvironmentRecord environment();

    /** Everything that the build printed, up to its limit; an existing file, maybe empty. */
    Path log();

    /** Wall clock from the first step to the last. */
    Duration duration();

    /**
     * A build that gave every output of its spec.
     *
     * @param outputDirectory holds exactly the outputs, each below its path
     */
    record Built(OutputSet outputs, Path outputDirectory, EnvironmentRecord environment, Path log, Duration duration)
            implements BuildResult {}

    /**
     * A build that gave no result.
     *
     * @param detail one sentence for a person: what happened, where, and what would help
     */
    record Failed(FailureClass failure, String detail, EnvironmentRecord environment, Path log, Duration duration)
            implements BuildResult {}
}
