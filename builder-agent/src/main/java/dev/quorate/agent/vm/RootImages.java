package dev.quorate.agent.vm;

import dev.quorate.agent.sandbox.Bounds;
import dev.quorate.agent.sandbox.Ending;
import dev.quorate.agent.sandbox.Mount;
import dev.quorate.agent.sandbox.NestedRoot;
import dev.quorate.agent.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Squashfs images of root file systems, each made once. The same root gives the same bytes: owners are nobody, the order
 * is by name, and the times are the files' own. An image's own time is that of its newest file.
 */
public final class RootImages {
    private static final String UNFINISHED = ".imaging-";
    private static final long GIB = 1L << 30;
    private static final Bounds BOUNDS = new Bounds(Duration.ofMinutes(30), 2 * GIB, 16 * GIB, 1 << 20, 256);
    private static final String MAKE = """
            set -eu
            find /root -xdev -printf '%T@\\n' | LC_ALL=C sort -n | tail -n 1 >/out/newest
            mksquashfs /root /out/image -noappend -no-progress -quiet -no-xattrs -noI -noD -noF -noX \
                -force-uid 65534 -force-gid 65534 -mkfs-time 0 2>&1
            """;

    private final Path directory;
    private final Sandbox sandbox;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    /**
     * A cache below a directory that is made when needed.
     *
     * @param sandbox limits the making
     */
    public RootImages(Path directory, Sandbox sandbox) {
        this.directory = directory;
        this.sandbox = sandbox;
    }

    /** One image. */
    public record RootImage(Path file, Instant newest) {}

    /**
     * The image of a root file system.
     *
     * @param root its directory, whose name identifies it
     * @param scratch for the log of the making
     */
    public RootImage get(Path root, Path scratch) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path finished = directory.resolve(root.getFileName());
        oneAtATime.lockInterruptibly();
        try {
            if (!Files.exists(finished)) {
                make(root, scratch, finished);
            }
            return new RootImage(finished, Files.getLastModifiedTime(finished).toInstant());
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Removes what a killed agent left half made. */
    public void sweep() throws IOException, InterruptedException {
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, UNFINISHED + "*")) {
                for (Path unfinished : left) {
                    NestedRoot.delete(unfinished);
                }
            }
        }
    }

    private void make(Path root, Path scratch, Path finished) throws IOException, InterruptedException {
        Path unfinished = Files.createTempDirectory(directory, UNFINISHED);
        try {
            Path out = Files.createDirectory(unfinished.resolve("out"));
            NestedRoot.give(out);
            Ending ending = new NestedRoot(sandbox)
                    .run(
                            List.of(
                                    new Mount(root, "/root", Mount.Access.READ_ONLY),
                                    new Mount(out, "/out", Mount.Access.WRITABLE)),
                            List.of("sh", "-c", MAKE),
                            Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C.UTF-8"),
                            BOUNDS,
                            scratch);
            if (!ending.equals(new Ending.Exited(0))) {
                throw new IOException("no image of the root file system could be made (" + ending + "): "
                        + Sandbox.lastLine(scratch.resolve("log")));
            }
            Path image = Files.copy(out.resolve("image"), unfinished.resolve("image"));
            String newest = Files.readString(out.resolve("newest")).strip();
            Files.setPosixFilePermissions(image, PosixFilePermissions.fromString("rw-r--r--"));
            Files.setLastModifiedTime(
                    image,
                    FileTime.from(Instant.ofEpochSecond(Long.parseLong(newest.substring(0, newest.indexOf('.'))))));
            Files.move(image, finished, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            NestedRoot.delete(unfinished);
        }
    }
}
