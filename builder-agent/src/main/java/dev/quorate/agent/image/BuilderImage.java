package dev.quorate.agent.image;

import dev.quorate.agent.rootfs.RootException;
import dev.quorate.agent.rootfs.RootFileSystems;
import dev.quorate.agent.sandbox.Bounds;
import dev.quorate.agent.sandbox.Ending;
import dev.quorate.agent.sandbox.Mount;
import dev.quorate.agent.sandbox.NestedRoot;
import dev.quorate.agent.sandbox.Sandbox;
import dev.quorate.agent.vm.InitialRamDisk;
import dev.quorate.digest.Sha256;
import dev.quorate.spec.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The recipe: files of a machine that is a builder, from locked packages, this JDK and this program. */
final class BuilderImage {
    private static final long GIB = 1L << 30;
    private static final Bounds BOUNDS = new Bounds(Duration.ofMinutes(30), 4 * GIB, 16 * GIB, 16 << 20, 4096);
    private static final String COMMAND_LINE = "console=ttyS0 quiet panic=-1 ";
    /** Built into one kernel or another; then there is no module of that name. */
    private static final List<String> MODULES =
            List.of("virtio_pci", "virtio_blk", "virtio_net", "dm_verity", "squashfs", "ext4", "crc32c_generic");

    private final RootFileSystems roots;
    private final Sandbox sandbox;

    /**
     * A recipe.
     *
     * @param directory for what is only needed meanwhile
     */
    BuilderImage(Path directory) throws IOException {
        this.sandbox = new Sandbox(
                "quorate-image-" + Sha256.of(directory.toString()).hex().substring(0, 12));
        this.roots = new RootFileSystems(directory.resolve("roots"), sandbox);
    }

    /**
     * Makes the image.
     *
     * @param more what the root has besides its packages
     * @param files where the locked packages lie
     * @param scratch an empty directory, which is removed
     * @param out gets the files of the image; see the package
     */
    MadeImage make(ImageLock lock, Overlay more, Function<Sha256, Path> files, Path scratch, Path out)
            throws RootException, IOException, InterruptedException {
        Path root = roots.directory().resolve("image-" + scratch.getFileName());
        try {
            roots.assemble(lock.suite(), Platform.parse("linux/amd64"), lock.root(), files, scratch, root);
            Path made = Files.createDirectory(scratch.resolve("made"));
            NestedRoot.give(made);
            compose(root, more.directory(), made, scratch);
            Path image = Files.copy(made.resolve("root.img"), out.resolve("root.img"));
            var kernel = KernelPackage.unpack(
                    files.apply(lock.kernel().sha256()), Files.createDirectory(scratch.resolve("kernel")));
            Files.copy(kernel.image(), out.resolve("vmlinuz"));
            early(kernel, made.resolve("early"), out.resolve("initrd"));
            String commandLine = COMMAND_LINE + VerityTree.append(image).word();
            Files.writeString(out.resolve("cmdline"), commandLine);
            return MadeImage.of(out, commandLine);
        } finally {
            NestedRoot.delete(root);
            NestedRoot.delete(scratch);
        }
    }

    private void compose(Path root, Path more, Path made, Path scratch) throws IOException, InterruptedException {
        Ending ending = new NestedRoot(sandbox)
                .run(
                        List.of(
                                new Mount(more, "/more", Mount.Access.READ_ONLY),
                                new Mount(root, "/root", Mount.Access.WRITABLE),
                                new Mount(made, "/made", Mount.Access.WRITABLE)),
                        List.of("sh", "-c", new String(Recipe.resource("compose"), StandardCharsets.UTF_8)),
                        Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C.UTF-8", "TZ", "UTC"),
                        BOUNDS,
                        scratch);
        if (!ending.equals(new Ending.Exited(0))) {
            throw new IOException(
                    "no root image could be made (" + ending + "): " + Sandbox.lastLine(scratch.resolve("log")));
        }
    }

    private static void early(KernelPackage kernel, Path programs, Path to) throws IOException {
        var disk = new InitialRamDisk().program("/init", Recipe.resource("early"));
        try (Stream<Path> all = Files.walk(programs)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                disk.program("/" + programs.relativize(file), Files.readAllBytes(file));
            }
        }
        int number = 0;
        for (byte[] module : kernel.inOrder(MODULES)) {
            disk.file(String.format(Locale.ROOT, "/modules/%03d.ko", number++), module);
        }
        disk.write(to);
    }
}
