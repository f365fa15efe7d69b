package dev.quorate.agent.image;

import dev.quorate.agent.rootfs.RootException;
import dev.quorate.agent.sandbox.Trees;
import dev.quorate.inputs.Fetcher;
import dev.quorate.inputs.FileCache;
import dev.quorate.inputs.InputUnavailableException;
import dev.quorate.inputs.MachineInputs;
import dev.quorate.inputs.apt.AptUnusableException;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.spec.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An image that somebody wants.
 *
 * @param out a directory that does not exist
 * @param lock of an image that is to be made again; otherwise the packages are what the archive has now
 * @param suite Debian code name, where there is no lock
 * @param cache of downloads
 * @param program the agent's class path
 */
public record ImageOrder(Path out, Optional<Path> lock, String suite, Path cache, List<Path> program) {
    public ImageOrder {
        program = List.copyOf(program);
    }

    /** What this machine lacks for it, each with its remedy. */
    public static List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (!System.getProperty("os.arch").equals("amd64")) {
            missing.add("an x86-64 processor");
        }
        if (!JavaRuntime.canBeMade()) {
            missing.add("jlink: run it with a JDK");
        }
        for (String tool : List.of("mksquashfs: squashfs-tools", "mmdebstrap: mmdebstrap", "bwrap: bubblewrap")) {
            if (!Files.isExecutable(Path.of("/usr/bin", tool.substring(0, tool.indexOf(':'))))) {
                missing.add(tool.replace(": ", ": apt-get install "));
            }
        }
        return missing;
    }

    /**
     * Makes it.
     *
     * @return the files' digests and the reference values
     * @throws ImageException if this machine, the archive or the lock does not allow it
     */
    public Json.Obj make() throws ImageException, MalformedException, IOException, InterruptedException {
        Path directory = Files.createDirectories(cache.toAbsolutePath().resolve("images"));
        var files = new FileCache(cache);
        var inputs = MachineInputs.present(cache.resolve("state"), Platform.parse("linux/amd64"));
        Path unfinished = Files.createTempDirectory(directory, "unfinished-");
        try {
            Overlay overlay = Overlay.make(unfinished.resolve("overlay"), program);
            ImageLock locked = locked(inputs, overlay);
            Fetcher.of(files, inputs.sources()).fetchAll(locked.files());
            Path made = Files.createDirectory(unfinished.resolve("out"));
            Files.writeString(made.resolve("lock.json"), CanonicalJson.write(locked.json()) + "\n");
            MadeImage image = new BuilderImage(directory)
                    .make(
                            locked,
                            overlay,
                            digest -> files.find(digest).orElseThrow(),
                            Files.createTempDirectory(directory, "scratch-"),
                            made);
            Files.writeString(made.resolve("reference.json"), CanonicalJson.write(image.reference()) + "\n");
            Json.Obj said = Json.object()
                    .put("files", image.digests())
                    .put("pcrs", image.measured().json())
                    .build();
            move(made);
            return said;
        } catch (AptUnusableException | InputUnavailableException | RootException e) {
            throw new ImageException(e.getMessage());
        } finally {
            Trees.delete(unfinished);
        }
    }

    private ImageLock locked(MachineInputs inputs, Overlay overlay)
            throws ImageException, AptUnusableException, MalformedException, IOException, InterruptedException {
        if (lock.isEmpty()) {
            return ImageLock.resolve(inputs.apt().archive(suite), overlay);
        }
        String name = lock.get().toString();
        ImageLock given = ImageLock.parse(Files.readAllBytes(lock.get()), name);
        Optional<String> otherwise = given.otherwise(overlay);
        if (otherwise.isPresent()) {
            throw new ImageException(name + ": " + otherwise.get());
        }
        return given.with(overlay);
    }

    /** It may be another file system's. */
    private void move(Path made) throws IOException {
        Files.createDirectories(out);
        for (String name : List.of("vmlinuz", "initrd", "root.img", "cmdline", "lock.json", "reference.json")) {
            Files.move(made.resolve(name), out.resolve(name));
        }
    }
}
