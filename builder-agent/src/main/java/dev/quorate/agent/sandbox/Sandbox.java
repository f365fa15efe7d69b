package dev.quorate.agent.sandbox;

import dev.quorate.json.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Runs commands in sandboxes whose control groups carry one prefix, by which a later start finds what was left. */
public final class Sandbox {
    private static final AtomicLong NUMBER = new AtomicLong();
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
        return run(order, Watchdog.NONE);
    }

    /** As above, and a watchdog may end it before. */
    public Ending run(SandboxOrder order, Watchdog watchdog) throws IOException, InterruptedException {
        Path filter = order.scratch().resolve("filter.bpf");
        Path status = order.scratch().resolve("status.json");
        Path stage = Files.createDirectories(order.scratch().resolve("stage"));
        Files.write(filter, SeccompFilter.forThisMachine());
        if (HostUser.isRoot()) {
            for (Path directory : order.writable()) {
                Trees.give(directory, HostUser.of(order.scratch()));
            }
        }
        try (ControlGroup group = group(order.bounds())) {
            List<String> command = Launch.command(order, group, filter, status, stage);
            var supervision = new Supervision(order.bounds(), order.writable(), order.log(), group, watchdog);
            Ending ending = supervision.run(Supervision.start(command));
            if (ending instanceof Ending.Exited exited && !started(status)) {
                return new Ending.MachineFailed(
                        "the sandbox did not start (" + exited.status() + "): " + lastLine(order.log()));
            }
            return ending;
        } finally {
            Files.deleteIfExists(filter);
            Files.deleteIfExists(status);
            Files.deleteIfExists(stage);
        }
    }

    /**
     * The bubblewrap command line of an order, for another place than this machine. It reads its system call filter from
     * descriptor 9 and writes its status to descriptor 8, where {@code "exit-code"} says that the command was executed.
     *
     * @param names where a source of this machine lies there
     */
    public static List<String> commandLine(SandboxOrder order, Function<Path, String> names) throws IOException {
        return new BubblewrapCommand(order, (n, source) -> names.apply(source)).words();
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

    ControlGroup group(Bounds bounds) {
        String name = prefix + "-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
        return ControlGroup.create(hierarchies, name, bounds);
    }

    static Confinement confinement(ControlGroup group) {
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
