package dev.quorate.agent.build;

import dev.quorate.agent.sandbox.Mount;
import dev.quorate.agent.sandbox.Trees;
import dev.quorate.agent.unpack.Archive;
import dev.quorate.agent.unpack.CheckedCopy;
import dev.quorate.json.MalformedException;
import dev.quorate.spec.LockedFile;
import dev.quorate.spec.RebuildSpec;
import dev.quorate.spec.RelativePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The two directories that a build sees, from outside.
 *
 * @param order what is built
 * @param work shown at {@code /build}, writable
 * @param inputs shown at {@code /inputs}, read-only
 */
record Workspace(BuildOrder order, Path work, Path inputs) {
    private static final String BUILD = "/build/";
    private static final List<String> PARTS =
            List.of("work", "inputs", "machine", "stage", "filter.bpf", "status.json");

    static Workspace of(BuildOrder order) throws IOException {
        return new Workspace(
                order,
                Files.createDirectories(order.directory().resolve("work")),
                Files.createDirectories(order.directory().resolve("inputs")));
    }

    /** Removes everything that a build needs only while it runs. */
    static void clear(Path directory) throws IOException, InterruptedException {
        for (String part : PARTS) {
            Trees.delete(directory.resolve(part));
        }
    }

    RebuildSpec spec() {
        return order.spec();
    }

    List<Mount> mounts() {
        return List.of(
                new Mount(work, "/build", Mount.Access.WRITABLE), new Mount(inputs, "/inputs", Mount.Access.READ_ONLY));
    }

    /** From outside, a directory that the recipe names from inside. */
    Path outside(String insidePath) {
        return work.resolve(insidePath.substring(BUILD.length()));
    }

    /** The recipe's directory from outside, made. */
    Path recipeDirectory() throws IOException {
        return Files.createDirectories(outside(spec().recipe().directory()));
    }

    void copy(LockedFile file, Path to) throws IOException {
        CheckedCopy.copy(order.files().file(file.sha256()), file.sha256(), to);
    }

    void unpack(LockedFile file, Path to, Archive.Top top) throws IOException, UnbuildableException {
        String name = file.path().fileName();
        Path copy = inputs.resolve("archives").resolve(file.sha256().hex());
        copy(file, copy);
        try {
            Archive.unpack(copy, name, to, top, spec().limits().disk().bytes());
        } catch (MalformedException e) {
            throw UnbuildableException.spec("the source archive " + e.getMessage());
        } finally {
            Files.delete(copy);
        }
    }

    void write(RelativePath path, Path directory, String text) throws IOException {
        Path file = path.below(directory);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
