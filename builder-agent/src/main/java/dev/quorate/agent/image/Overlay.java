package dev.quorate.agent.image;

import dev.quorate.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a machine's root has besides its packages.
 *
 * @param directory where it lies as it will in the root
 * @param runtime the Java that runs the agent
 * @param program the {@linkplain FileTree digest} of the agent and of the scripts that start it
 */
record Overlay(Path directory, JavaRuntime runtime, Sha256 program) {
    private static final List<String> SCRIPTS = List.of("start", "network");

    /**
     * Makes one of this JDK.
     *
     * @param directory does not exist
     * @param program the class path of the agent, which becomes the machine's only service
     */
    static Overlay make(Path directory, List<Path> program) throws IOException, InterruptedException {
        Path home = Files.createDirectories(directory.resolve("opt/quorate"));
        Path classes = Files.createDirectory(home.resolve("program"));
        for (Path entry : program) {
            copy(entry, Files.isDirectory(entry) ? classes.resolve("classes") : classes.resolve(entry.getFileName()));
        }
        for (String script : SCRIPTS) {
            Files.write(home.resolve(script), Recipe.resource(script));
        }
        Sha256 digest = FileTree.digest(home);
        return new Overlay(directory, JavaRuntime.link(home.resolve("runtime")), digest);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
