package dev.quorate.agent.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** Whole directories that strangers filled: deeper than any path, with modes that shut their owner out. */
public final class Trees {
    private Trees() {}

    /** Removes everything at that path, following no link and leaving the file system that it lies on alone. */
    public static void delete(Path tree) throws IOException, InterruptedException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!HostUser.isRoot()) {
            run(List.of("chmod", "-R", "u+rwX", "--", tree.toString()));
        }
        String problem = run(List.of("rm", "-rf", "--one-file-system", "--", tree.toString()));
        if (Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("cannot remove " + tree + ": " + problem);
        }
    }

    /** Gives everything at that path to the user that the build in a directory runs as. */
    static void give(Path tree, int user) throws IOException, InterruptedException {
        String problem = run(List.of("chown", "-hR", user + ":" + user, "--", tree.toString()));
        if (!problem.isEmpty()) {
            throw new IOException("cannot give " + tree + " to the build: " + problem);
        }
    }

    static String run(List<String> command) throws IOException, InterruptedException {
        Process process = Spawner.start(new ProcessBuilder(command).redirectErrorStream(true));
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readNBytes(2000), StandardCharsets.UTF_8).strip();
        process.getInputStream().skip(Long.MAX_VALUE);
        process.waitFor();
        return printed;
    }
}
