package dev.quorate.inputs;

import dev.quorate.inputs.apt.AptMachine;
import dev.quorate.inputs.apt.AptSource;
import dev.quorate.inputs.maven.MavenMachine;
import dev.quorate.inputs.maven.MavenRepository;
import dev.quorate.inputs.web.GitSource;
import dev.quorate.inputs.web.WebSource;
import dev.quorate.spec.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Every way in which this machine's own configuration gets files. */
public record MachineInputs(AptSource apt, MavenRepository maven, WebSource web, GitSource git) {
    /**
     * The machine that this runs on.
     *
     * @param state directory for apt's private state and Git's clones; may be removed at any time between runs
     * @param platform of the specs whose files are wanted
     */
    public static MachineInputs present(Path state, Platform platform) throws IOException {
        return new MachineInputs(
                new AptSource(AptMachine.present(), state.resolve("apt"), platform.architecture()),
                new MavenRepository(MavenMachine.present()),
                new WebSource(),
                new GitSource(state.resolve("git")));
    }

    /** All of them, for {@link Fetcher#of}. */
    public List<InputSource> sources() {
        return List.of(apt, maven, web, git);
    }
}
