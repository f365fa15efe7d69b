package dev.quorate.agent.sandbox;

import dev.quorate.json.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Runs commands in sandboxes whose control groups carry one prefix, by which a later start finds what was left. */
public final class Sandbox {
    private static final AtomicLong NUMBER = new AtomicLong();
    private static final long DISK_FLOOR = 256L << 20;
    private static final long LOOK_MILLIS = 1000;
    private static final Duration LAST_WORDS = Duration.ofSeconds(30);
    private static final long LOG_TAIL = 4096;

    private final String prefix;
    private final List<Hierarchy> hierarchies;

    /** Sandboxes for an agent. */
    public Sandbox(String prefix) throws IOException {
        this(prefix, Hierarchy.all());
    }

    Sandbox(String prefix, List<Hierarchy> hierarchies) {
        this.prefix = prefix;
        this.hierarchies = hierarchies;
    }

    /** Kills and removes what an earlier run with this prefix left. */
    public void sweep() throws IOException {
        ControlGroup.sweep(hierarchies, prefix);
    }

    /** What would hold a sandbox with these bounds in, on this machine and now. */
    public Confinement confinement(Bounds bounds) throws IOException {
        try (ControlGroup group = group(bounds)) {
            return confinement(group);
        }
    }

    /**
     * Runs a command to its end, or to a limit's.
     *
     * @throws InterruptedException after everything in the sandbox was killed
     */
    public Ending run(SandboxOrder order) throws IOException, InterruptedException {
        Path filter = order.scratch().resolve("filter.bpf");
        Path status = order.scratch().resolve("status.json");
        Path stage = Files.createDirectories(order.scratch().resolve("stage"));
        Files.write(filter, SeccompFilter.forThisMachine());
        if (HostUser.isRoot()) {
            for (Mount mount : writable(order)) {
                Trees.give(mount.source(), HostUser.of(order.scratch()));
            }
        }
        try (ControlGroup group = group(order.bounds())) {
            List<String> command = Launch.command(order, group, filter, status, stage);
            Ending ending = watch(Spawner.start(builder(command)), order, group);
            return group.ranOutOfMemory()
                    ? new Ending.LimitReached("the build used more memory than its limit of "
                            + order.bounds().memory() + " bytes")
                    : ending instanceof Ending.Exited exited && !started(status)
                            ? new Ending.MachineFailed(
                                    "the sandbox did not start (" + exited.status() + "): " + lastLine(order.log()))
                            : ending;
        } finally {
            Files.deleteIfExists(filter);
            Files.deleteIfExists(status);
            Files.deleteIfExists(stage);
        }
    }

    private static ProcessBuilder builder(List<String> command) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder;
    }

    private Ending watch(Process process, SandboxOrder order, ControlGroup group)
            throws IOException, InterruptedException {
        Thread log = Thread.ofPlatform()
                .daemon()
                .name("build log")
                .start(new BoundedLog(
                        process.getInputStream(), order.log(), order.bounds().log()));
        try {
            process.getOutputStream().close();
            long deadline = System.nanoTime() + order.bounds().time().toNanos();
            while (true) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return new Ending.LimitReached("the build ran longer than its limit of "
                            + order.bounds().time().toSeconds() + " s");
                }
                boolean ended = process.waitFor(Math.min(left, LOOK_MILLIS), TimeUnit.MILLISECONDS);
                Optional<Ending> disk = disk(order, group);
                if (ended || disk.isPresent()) {
                    return disk.orElseGet(() -> new Ending.Exited(process.exitValue()));
                }
            }
        } finally {
            process.destroyForcibly();
            process.waitFor();
            log.join(LAST_WORDS);
        }
    }

    private static Optional<Ending> disk(SandboxOrder order, ControlGroup group)
            throws IOException, InterruptedException {
        for (Mount mount : writable(order)) {
            long limit = order.bounds().disk();
            if (DiskUse.below(mount.source()) + DiskUse.heldOpen(group.members(), mount.source()) > limit) {
                return Optional.of(
                        new Ending.LimitReached("the build used more disk than its limit of " + limit + " bytes"));
            }
            if (Files.getFileStore(mount.source()).getUsableSpace() < DISK_FLOOR) {
                return Optional.of(new Ending.MachineFailed(
                        "the builder's disk has less than " + DISK_FLOOR + " bytes left; free some"));
            }
        }
        return Optional.empty();
    }

    private static List<Mount> writable(SandboxOrder order) {
        return order.mounts().stream()
                .filter(mount -> mount.access() == Mount.Access.WRITABLE)
                .toList();
    }

    /** Bubblewrap writes the exit code only if the command was really executed. */
    private static boolean started(Path status) throws IOException {
        return Files.exists(status) && Files.readString(status).contains("\"exit-code\"");
    }

    /** The last line of a log, safe to print. */
    public static String lastLine(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "it printed nothing";
        }
        try (var channel = Files.newByteChannel(log)) {
            channel.position(Math.max(0, channel.size() - LOG_TAIL));
            var tail = ByteBuffer.allocate((int) LOG_TAIL);
            while (tail.hasRemaining() && channel.read(tail) >= 0) {}
            String text = new String(tail.array(), 0, tail.position(), StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? "it printed nothing" : Printable.of(text.substring(text.lastIndexOf('\n') + 1));
        }
    }

    private ControlGroup group(Bounds bounds) {
        String name = prefix + "-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
        return ControlGroup.create(hierarchies, name, bounds);
    }

    private static Confinement confinement(ControlGroup group) {
        Map<String, String> limits = new LinkedHashMap<>();
        List<String> unavailable = new ArrayList<>();
        limits.put("time", "wall clock");
        limits.put("log", "bytes read");
        limits.put("disk", "measured every second; RLIMIT_FSIZE for each file");
        limits.put("memory", group.limits().getOrDefault("memory", "RLIMIT_DATA for each process"));
        limits.put("processes", group.limits().getOrDefault("processes", "RLIMIT_NPROC for the build's user"));
        if (!group.limits().containsKey("memory")) {
            unavailable.add("memory of all processes together: no writable memory control group");
        }
        if (!group.limits().containsKey("processes")) {
            unavailable.add("number of processes: no writable pids control group");
        }
        unavailable.add("exact disk quota: use is measured, not reserved");
        return new Confinement(limits, unavailable);
    }
}
