package dev.quorate.agent.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The kernel's account of one sandbox: a group in each hierarchy that limits memory or processes, version 1 or 2,
 * whichever this program may write to. It can be empty, where it may write to none.
 */
final class ControlGroup implements AutoCloseable {
    private final List<Path> groups = new ArrayList<>();
    private final Map<String, String> limits = new LinkedHashMap<>();

    private ControlGroup() {}

    static ControlGroup create(List<Hierarchy> hierarchies, String name, Bounds bounds) {
        var group = new ControlGroup();
        hierarchies.forEach(hierarchy -> group.add(hierarchy, name, bounds));
        return group;
    }

    /** Limit to mechanism, for those that are in force. */
    Map<String, String> limits() {
        return limits;
    }

    /** Files that a process writes its id into to become a member. */
    List<Path> entrances() {
        return groups.stream().map(group -> group.resolve("cgroup.procs")).toList();
    }

    /** Whether the kernel killed a member for want of memory. */
    boolean ranOutOfMemory() throws IOException {
        for (Path group : groups) {
            for (String events : List.of("memory.events", "memory.oom_control")) {
                if (Files.isReadable(group.resolve(events))
                        && Files.readAllLines(group.resolve(events)).stream()
                                .anyMatch(line -> line.startsWith("oom_kill ") && !line.equals("oom_kill 0"))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The ids of all members. */
    List<Long> members() throws IOException {
        List<Long> members = new ArrayList<>();
        for (Path group : groups) {
            members.addAll(members(group));
        }
        return members.stream().distinct().toList();
    }

    @Override
    public void close() throws IOException {
        for (Path group : groups) {
            remove(group);
        }
    }

    /** Kills and removes the groups with that prefix that an earlier run left behind. */
    static void sweep(List<Hierarchy> hierarchies, String prefix) throws IOException {
        for (Hierarchy hierarchy : hierarchies) {
            for (Path parent : hierarchy.parents()) {
                try (DirectoryStream<Path> stale = Files.newDirectoryStream(parent, prefix + "*")) {
                    for (Path group : stale) {
                        remove(group);
                    }
                }
            }
        }
    }

    private void add(Hierarchy hierarchy, String name, Bounds bounds) {
        boolean memory = hierarchy.version() == 2 || hierarchy.controllers().contains("memory");
        boolean processes = hierarchy.version() == 2 || hierarchy.controllers().contains("pids");
        if (!memory && !processes) {
            return;
        }
        for (Path parent : hierarchy.parents()) {
            Path group = parent.resolve(name);
            try {
                if (hierarchy.version() == 2) {
                    offerControllers(parent);
                }
                Files.createDirectory(group);
            } catch (IOException e) {
                continue;
            }
            Map<String, String> enforced = limit(group, hierarchy.version(), bounds);
            enforced.keySet().removeAll(limits.keySet());
            if (!enforced.isEmpty() && Files.isWritable(group.resolve("cgroup.procs"))) {
                groups.add(group);
                limits.putAll(enforced);
                return;
            }
            discard(group);
        }
    }

    private static Map<String, String> limit(Path group, int version, Bounds bounds) {
        Map<String, String> enforced = new LinkedHashMap<>();
        String mechanism = "cgroup v" + version;
        if (write(group.resolve(version == 2 ? "memory.max" : "memory.limit_in_bytes"), bounds.memory())) {
            enforced.put("memory", mechanism);
            // Swap would let a build use more than its spec says, and another machine has none.
            write(group.resolve(version == 2 ? "memory.swap.max" : "memory.swappiness"), 0);
            write(group.resolve("memory.memsw.limit_in_bytes"), bounds.memory());
        }
        if (write(group.resolve("pids.max"), bounds.processes())) {
            enforced.put("processes", mechanism);
        }
        return enforced;
    }

    private static void offerControllers(Path parent) throws IOException {
        Path offered = parent.resolve("cgroup.subtree_control");
        List<String> present = List.of(Files.readString(offered).trim().split(" "));
        if (!present.containsAll(List.of("memory", "pids"))) {
            Files.writeString(offered, "+memory +pids");
        }
    }

    /** Control files exist or not; writing must never create an ordinary file in their place. */
    private static boolean write(Path control, long value) {
        if (!Files.exists(control)) {
            return false;
        }
        try {
            Files.writeString(control, Long.toString(value));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Long> members(Path group) throws IOException {
        Path file = group.resolve("cgroup.procs");
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(Long::valueOf).toList()
                : List.of();
    }

    private static void discard(Path group) {
        try {
            Files.deleteIfExists(group);
        } catch (IOException e) {
            // It is empty and without limits; the sweep at the next start tries again.
            return;
        }
    }

    private static void remove(Path group) throws IOException {
        IOException last = null;
        for (int attempt = 0; attempt < 100 && Files.exists(group); attempt++) {
            for (long member : members(group)) {
                ProcessHandle.of(member).ifPresent(ControlGroup::killAndWait);
            }
            try {
                Files.deleteIfExists(group);
                last = null;
            } catch (IOException e) {
                last = e;
            }
        }
        if (last != null) {
            throw last;
        }
    }

    private static void killAndWait(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit()
                .orTimeout(5, TimeUnit.SECONDS)
                .exceptionally(late -> process)
                .join();
    }
}
