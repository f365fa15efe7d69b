package dev.quorate.agent.rootfs;

import dev.quorate.agent.sandbox.Bounds;
import dev.quorate.agent.sandbox.Ending;
import dev.quorate.agent.sandbox.Mount;
import dev.quorate.agent.sandbox.NestedRoot;
import dev.quorate.agent.sandbox.Sandbox;
import dev.quorate.digest.Sha256;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.spec.LockedFile;
import dev.quorate.spec.Platform;
import dev.quorate.spec.RebuildSpec;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The root file systems of one agent, each assembled once and then only read. */
public final class RootFileSystems {
    private static final Logger LOG = LoggerFactory.getLogger(RootFileSystems.class);
    private static final String UNFINISHED = ".assembling-";
    private static final long GIB = 1L << 30;
    private static final Bounds BOUNDS = new Bounds(Duration.ofMinutes(30), 4 * GIB, 16 * GIB, 16 << 20, 4096);
    /** 2023-01-01, the epoch for everything that an assembly dates. */
    private static final String EPOCH = "1672531200";

    /**
     * A root with {@code usr-is-merged} has to be merged before its first package is configured: that package only checks.
     *
     * <p>mmdebstrap copies this machine's name and resolver into the root, which no two builders share. The user is the one
     * that builds run as. What has the assembly's own time gets a fixed one: packages' files have theirs.
     */
    private static final String ASSEMBLE = """
            set -eu
            suite=$1 architecture=$2 packages=$3
            touch /tmp/began
            merge='for n in bin lib lib32 lib64 libo32 libx32 sbin; do mkdir -p "$1/usr/$n"; ln -s usr/$n "$1/$n"; done'
            case $packages in *usr-is-merged=*) ;; *) merge=true ;; esac
            mmdebstrap --mode=root --variant=custom --format=directory --architectures="$architecture" \
                --dpkgopt=force-unsafe-io --include="$packages" --setup-hook="$merge" \
                "$suite" /root "deb [trusted=yes] copy:///packages ./" 2>&1
            rm -f /root/etc/resolv.conf /root/etc/machine-id
            echo quorate >/root/etc/hostname
            echo '127.0.0.1 localhost quorate' >/root/etc/hosts
            echo 'builder:x:1000:1000::/nonexistent:/bin/sh' >>/root/etc/passwd
            echo 'builder:x:1000:' >>/root/etc/group
            for name in lib32 lib64 libo32 libx32; do
              if rmdir "/root/usr/$name" 2>/dev/null; then rm "/root/$name"; fi
            done
            chmod 755 /root
            find /root -xdev -newer /tmp/began -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
            """;

    private final Path directory;
    private final Sandbox sandbox;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    /**
     * A cache below a directory that is made when needed.
     *
     * @param sandbox limits the assembly
     */
    public RootFileSystems(Path directory, Sandbox sandbox) {
        this.directory = directory;
        this.sandbox = sandbox;
    }

    /** Where they lie. */
    public Path directory() {
        return directory;
    }

    /** What identifies a spec's root file system: its locked environment and nothing else. */
    public static Sha256 closure(RebuildSpec spec) {
        return CanonicalJson.digest(Json.arr(spec.locked(LockedFile.Role.ENVIRONMENT).stream()
                .map(LockedFile::json)
                .toList()));
    }

    /**
     * The root file system of a spec, assembled if this is its first use.
     *
     * @param files where the pinned files lie
     * @param scratch for the assembler's log, if it fails
     */
    public Path get(RebuildSpec spec, Function<Sha256, Path> files, Path scratch)
            throws RootException, IOException, InterruptedException {
        Files.createDirectories(directory);
        Path finished = directory.resolve(closure(spec).hex());
        oneAtATime.lockInterruptibly();
        try (FileChannel file = FileChannel.open(
                        directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.lock()) {
            if (!Files.isDirectory(finished) && lock.isValid()) {
                assemble(
                        spec.environment().suite(),
                        spec.platform(),
                        spec.locked(LockedFile.Role.ENVIRONMENT),
                        files,
                        scratch,
                        finished);
            }
            return finished;
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Removes what killed assemblies left, unless another process is assembling right now. */
    public void sweep() throws IOException, InterruptedException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (FileChannel file = FileChannel.open(
                        directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.tryLock();
                DirectoryStream<Path> left = Files.newDirectoryStream(directory, UNFINISHED + "*")) {
            if (lock != null) {
                for (Path unfinished : left) {
                    NestedRoot.delete(unfinished);
                }
            }
        }
    }

    /**
     * Assembles a root file system that is not kept: the same packages give the same files.
     *
     * @param files where the pinned files lie
     * @param scratch for the assembler's log, if it fails
     * @param finished does not exist, and lies below the directory of these root file systems
     */
    public void assemble(
            String suite,
            Platform platform,
            List<LockedFile> locked,
            Function<Sha256, Path> files,
            Path scratch,
            Path finished)
            throws RootException, IOException, InterruptedException {
        List<String> obstacles = NestedRoot.obstacles();
        if (!obstacles.isEmpty()) {
            throw new RootException(RootException.Cause.MACHINE, String.join("; ", obstacles));
        }
        Path unfinished = Files.createTempDirectory(Files.createDirectories(directory), UNFINISHED);
        LOG.info("assembling a root file system packages={}", locked.size());
        try {
            Path packages = Files.createDirectory(unfinished.resolve("packages"));
            Path root = Files.createDirectory(unfinished.resolve("root"));
            String architecture = platform.architecture();
            List<String> wanted = LocalRepository.write(locked, architecture, files, packages);
            NestedRoot.give(root);
            install(suite, architecture, wanted, packages, root, scratch);
            Files.move(root, finished, StandardCopyOption.ATOMIC_MOVE);
            LOG.info("root file system ready packages={}", locked.size());
        } catch (MalformedException e) {
            throw new RootException(RootException.Cause.LOCK, e.getMessage());
        } finally {
            NestedRoot.delete(unfinished);
        }
    }

    private void install(String suite, String architecture, List<String> wanted, Path packages, Path root, Path scratch)
            throws RootException, IOException, InterruptedException {
        Ending ending = new NestedRoot(sandbox)
                .run(
                        List.of(
                                new Mount(packages, "/packages", Mount.Access.READ_ONLY),
                                new Mount(root, "/root", Mount.Access.WRITABLE)),
                        List.of("sh", "-c", ASSEMBLE, "assemble", suite, architecture, String.join(",", wanted)),
                        Map.of(
                                "PATH", "/usr/sbin:/usr/bin:/sbin:/bin",
                                "LC_ALL", "C.UTF-8",
                                "TZ", "UTC",
                                "HOME", "/nonexistent",
                                "TMPDIR", "/tmp",
                                "SOURCE_DATE_EPOCH", EPOCH),
                        BOUNDS,
                        scratch);
        if (!ending.equals(new Ending.Exited(0))) {
            throw new RootException(
                    RootException.Cause.MACHINE,
                    "the root file system could not be assembled (" + ending + "): "
                            + Sandbox.lastLine(scratch.resolve("log")));
        }
    }
}
