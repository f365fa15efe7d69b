package dev.quorate.agent.build;

import dev.quorate.agent.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a killed agent could not clear away. */
public final class Leftovers {
    /** Below the data directory: one directory for each build, named by the agent. */
    public static final String BUILDS = "builds";

    private Leftovers() {}

    /**
     * Kills and removes what an earlier run of the same agent left: control groups, half-made root file systems, and the
     * working directories of builds. Logs and outputs of builds stay: they may not have been sent yet.
     *
     * @param data the agent's data directory, which no other running agent uses
     */
    public static void sweep(Path data) throws IOException, InterruptedException {
        Sandbox sandbox = LocalBuilder.sandbox(data);
        sandbox.sweep();
        LocalBuilder.roots(data, sandbox).sweep();
        LocalBuilder.images(data, sandbox).sweep();
        Path builds = data.resolve(BUILDS);
        if (Files.isDirectory(builds)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(builds)) {
                for (Path build : all) {
                    Workspace.clear(build);
                }
            }
        }
    }
}
