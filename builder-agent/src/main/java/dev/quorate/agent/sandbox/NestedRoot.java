package dev.quorate.agent.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs this machine's own programs as root of a user namespace, which is nobody outside: what a root file system needs to
 * be assembled. Maintainer scripts of a stranger's packages run here, so there is no network, no process but theirs, and
 * of this machine only {@code /usr} and a few files of {@code /etc}.
 */
public final class NestedRoot {
    /** Outer ids of the namespace's 65536, where this program is root; no account has them on a Debian machine. */
    private static final int FIRST_ID = 0x7100_0000;

    private static final int IDS = 65_536;
    private static final List<String> TOP = List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");
    private static final List<String> ETC = List.of(
            "passwd",
            "group",
            "nsswitch.conf",
            "ld.so.cache",
            "ld.so.conf",
            "ld.so.conf.d",
            "alternatives",
            "dpkg",
            "perl");
    private static final String MAPPED =
            "echo ready; read -r mapped; exec setpriv --reuid 0 --regid 0 --clear-groups \"$@\"";

    private final Sandbox sandbox;

    /** Counts its processes with the groups of that sandbox. */
    public NestedRoot(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /**
     * Why this machine can't do it, with the remedy; empty if it can be tried.
     */
    public static List<String> obstacles() throws IOException {
        List<String> found = new ArrayList<>();
        for (String tool : List.of("bwrap", "unshare", "setpriv", "mmdebstrap")) {
            if (!Files.isExecutable(Path.of("/usr/bin", tool))) {
                found.add(tool + " is missing: install the package "
                        + (tool.equals("bwrap") ? "bubblewrap" : tool.equals("mmdebstrap") ? tool : "util-linux"));
            }
        }
        if (!HostUser.isRoot()
                && !(hasRange("/etc/subuid")
                        && hasRange("/etc/subgid")
                        && Files.isExecutable(Path.of("/usr/bin/newuidmap")))) {
            String user = System.getProperty("user.name");
            found.add("the user " + user + " has no subordinate ids: install uidmap and run, as root,"
                    + " usermod --add-subuids 100000-165535 --add-subgids 100000-165535 " + user);
        }
        return found;
    }

    /**
     * Runs a command to its end, or to a limit's.
     *
     * @param mounts what it sees besides this machine's programs; writable ones belong to the namespace's root
     */
    public Ending run(
            List<Mount> mounts, List<String> command, Map<String, String> variables, Bounds bounds, Path scratch)
            throws IOException, InterruptedException {
        boolean root = HostUser.isRoot();
        Path stage = Files.createDirectories(scratch.resolve("stage"));
        List<Path> writable = mounts.stream()
                .filter(m -> m.access() == Mount.Access.WRITABLE)
                .map(Mount::source)
                .toList();
        try (ControlGroup group = sandbox.group(bounds)) {
            List<String> words = new ArrayList<>(Launch.joining(group));
            if (root) {
                words.addAll(
                        Stage.words(stage, mounts.stream().map(Mount::source).toList()));
            }
            words.addAll(List.of("setpriv", "--pdeathsig", "KILL", "unshare", "--user"));
            words.addAll(
                    root
                            ? List.of("--keep-caps", "sh", "-c", MAPPED, "mapped")
                            : List.of("--map-auto", "--map-root-user"));
            words.addAll(bubblewrap(mounts, command, variables, root));
            Process process = Supervision.start(words);
            if (root) {
                map(process);
            }
            return new Supervision(bounds, writable, scratch.resolve("log"), group, Watchdog.NONE).run(process);
        } finally {
            Files.deleteIfExists(stage);
        }
    }

    private static List<String> bubblewrap(
            List<Mount> mounts, List<String> command, Map<String, String> variables, boolean staged)
            throws IOException {
        List<String> words = new ArrayList<>(List.of("bwrap", "--unshare-pid", "--unshare-net", "--unshare-ipc"));
        words.addAll(List.of("--unshare-uts", "--hostname", "quorate", "--cap-add", "ALL", "--die-with-parent"));
        words.addAll(List.of("--new-session", "--clearenv"));
        new TreeMap<>(variables).forEach((name, value) -> words.addAll(List.of("--setenv", name, value)));
        words.addAll(List.of("--ro-bind", "/usr", "/usr", "--proc", "/proc", "--dev", "/dev"));
        words.addAll(List.of("--perms", "1777", "--tmpfs", "/tmp"));
        for (String name : TOP) {
            Path top = Path.of("/", name);
            if (Files.isSymbolicLink(top)) {
                words.addAll(List.of("--symlink", Files.readSymbolicLink(top).toString(), top.toString()));
            } else if (Files.isDirectory(top)) {
                words.addAll(List.of("--ro-bind", top.toString(), top.toString()));
            }
        }
        ETC.forEach(name -> words.addAll(List.of("--ro-bind-try", "/etc/" + name, "/etc/" + name)));
        for (int i = 0; i < mounts.size(); i++) {
            Mount mount = mounts.get(i);
            words.add(mount.access() == Mount.Access.WRITABLE ? "--bind" : "--ro-bind");
            words.add(staged ? Stage.name(i) : mount.source().toString());
            words.add(mount.target());
        }
        words.add("--");
        words.addAll(command);
        return words;
    }

    /** The namespace's root is made of ids that need no entry in /etc/subuid, since root may map any. */
    private static void map(Process process) throws IOException {
        InputStream out = process.getInputStream();
        var line = new StringBuilder();
        for (int c = out.read(); c >= 0 && c != '\n' && line.length() < 500; c = out.read()) {
            line.append((char) c);
        }
        if (!line.toString().equals("ready")) {
            process.destroyForcibly();
            throw new IOException("a user namespace could not be made: " + line);
        }
        String map = "0 " + FIRST_ID + " " + IDS + "\n";
        Files.writeString(Path.of("/proc/" + process.pid() + "/uid_map"), map);
        Files.writeString(Path.of("/proc/" + process.pid() + "/gid_map"), map);
        process.getOutputStream().write("mapped\n".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Makes a directory the namespace root's own. */
    public static void give(Path directory) throws IOException, InterruptedException {
        if (HostUser.isRoot()) {
            Trees.give(directory, FIRST_ID);
        }
    }

    /** Removes what a namespace's root made, its files' owners being strangers to an unprivileged program. */
    public static void delete(Path tree) throws IOException, InterruptedException {
        if (!HostUser.isRoot() && Files.exists(tree)) {
            Trees.run(
                    List.of("unshare", "--user", "--map-auto", "--map-root-user", "rm", "-rf", "--", tree.toString()));
        }
        Trees.delete(tree);
    }

    private static boolean hasRange(String file) throws IOException {
        Path path = Path.of(file);
        String user = System.getProperty("user.name") + ":";
        if (!Files.isReadable(path)) {
            return false;
        }
        try (BufferedReader lines = Files.newBufferedReader(path)) {
            return lines.lines().anyMatch(line -> line.startsWith(user));
        }
    }
}
