package dev.quorate.agent.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The bubblewrap command line of one sandbox. */
final class BubblewrapCommand {
    /** User and group id inside, the same on every builder; the root file system names it {@code builder}. */
    private static final String USER = "1000";

    private static final Set<String> OURS = Set.of("proc", "dev", "sys", "tmp", "run", "build", "inputs");

    private final List<String> words = new ArrayList<>();
    private final List<Path> sources = new ArrayList<>();
    private final Sources names;

    /** How the launcher shows the n-th source to bubblewrap. */
    interface Sources {
        String name(int index, Path source);
    }

    BubblewrapCommand(SandboxOrder order, Sources names) throws IOException {
        this.names = names;
        add("bwrap", "--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-uts", "--unshare-cgroup-try");
        if (order.network() == Network.NONE) {
            add("--unshare-net");
        }
        add("--uid", USER, "--gid", USER, "--hostname", "quorate", "--die-with-parent", "--new-session");
        add("--seccomp", "9", "--json-status-fd", "8", "--clearenv");
        for (Map.Entry<String, String> variable : new TreeMap<>(order.variables()).entrySet()) {
            add("--setenv", variable.getKey(), variable.getValue());
        }
        root(order.root());
        String memoryShare = Long.toString(Math.max(order.bounds().memory() / 4, 1 << 20));
        add("--proc", "/proc", "--dev", "/dev");
        temporary("1777", memoryShare, "/dev/shm");
        add("--remount-ro", "/dev");
        temporary("1777", memoryShare, "/tmp");
        temporary("0755", memoryShare, "/run");
        for (Mount mount : order.mounts()) {
            String option = switch (mount.access()) {
                case READ_ONLY -> "--ro-bind";
                case WRITABLE -> "--bind";
                case DEVICE -> "--dev-bind";
            };
            add(option, source(mount.source()), mount.target());
        }
        add("--remount-ro", "/", "--chdir", order.workingDirectory(), "--");
        words.addAll(order.command());
    }

    List<String> words() {
        return List.copyOf(words);
    }

    List<Path> sources() {
        return List.copyOf(sources);
    }

    private void root(Path root) throws IOException {
        Set<Path> entries = new TreeSet<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(root)) {
            children.forEach(entries::add);
        }
        for (Path entry : entries) {
            String name = entry.getFileName().toString();
            if (OURS.contains(name)) {
                continue;
            }
            if (Files.isSymbolicLink(entry)) {
                add("--symlink", Files.readSymbolicLink(entry).toString(), "/" + name);
            } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                add("--ro-bind", source(entry), "/" + name);
            }
        }
    }

    private void temporary(String mode, String size, String target) {
        add("--perms", mode, "--size", size, "--tmpfs", target);
    }

    private String source(Path source) {
        sources.add(source);
        return names.name(sources.size() - 1, source);
    }

    private void add(String... more) {
        words.addAll(List.of(more));
    }
}
