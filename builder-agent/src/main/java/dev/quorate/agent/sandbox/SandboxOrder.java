package dev.quorate.agent.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One command to run in a sandbox.
 *
 * @param root directory whose top-level directories the inside sees, read-only
 * @param mounts what else it sees
 * @param command program and arguments
 * @param variables its whole environment
 * @param workingDirectory absolute path inside
 * @param network which network it sees
 * @param bounds what it may use
 * @param scratch existing directory of ours, for the log and what the sandbox needs
 */
public record SandboxOrder(
        Path root,
        List<Mount> mounts,
        List<String> command,
        Map<String, String> variables,
        String workingDirectory,
        Network network,
        Bounds bounds,
        Path scratch) {
    public SandboxOrder {
        mounts = List.copyOf(mounts);
        command = List.copyOf(command);
        variables = Map.copyOf(variables);
    }

    List<Path> writable() {
        return mounts.stream()
                .filter(mount -> mount.access() == Mount.Access.WRITABLE)
                .map(Mount::source)
                .toList();
    }

    /** What the command printed. */
    public Path log() {
        return scratch.resolve("log");
    }
}
