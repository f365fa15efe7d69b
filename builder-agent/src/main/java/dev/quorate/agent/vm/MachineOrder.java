package dev.quorate.agent.vm;

import dev.quorate.agent.sandbox.SandboxOrder;
import dev.quorate.spec.RelativePath;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * One build to run in a machine of its own.
 *
 * @param image the root file system, by {@link RootImages}
 * @param inside what a container would run, over the same directories of this host
 * @param work the directory that it writes into
 * @param inputs the directory that it reads
 * @param outputDirectory segments below {@code work}
 * @param outputs patterns
 * @param clock what the guest's clock shows at its start
 */
public record MachineOrder(
        Path image,
        SandboxOrder inside,
        Path work,
        Path inputs,
        List<String> outputDirectory,
        List<RelativePath> outputs,
        Instant clock) {
    public MachineOrder {
        outputDirectory = List.copyOf(outputDirectory);
        outputs = List.copyOf(outputs);
    }

    /** Everything of the machine on this host. */
    Path place() {
        return inside.scratch().resolve("machine");
    }

    /** Where a file of this host lies in the guest. */
    String inGuest(Path source) {
        if (source.startsWith(inside.root())) {
            return "/image/" + inside.root().relativize(source);
        }
        if (source.equals(work)) {
            return "/build";
        }
        if (source.equals(inputs)) {
            return "/inputs";
        }
        throw new IllegalArgumentException("no disk of the guest holds " + source);
    }
}
