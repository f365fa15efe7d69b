package dev.quorate.agent.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The chain of programs that ends as bubblewrap, all in one process by exec, so that killing it kills the sandbox and
 * its parent-death signal is this program's.
 */
final class Launch {
    /** Opens the filter and the status file, because Java passes no descriptors on. */
    private static final String OPEN = """
            set -eu
            exec 9<"$1" 8>"$2"; shift 2
            exec "$@"
            """;

    private static final String JOIN = """
            set -eu
            while [ "$1" != -- ]; do echo $$ >"$1"; shift; done
            shift
            exec "$@"
            """;

    private final List<String> words = new ArrayList<>();

    private Launch() {}

    static List<String> command(SandboxOrder order, ControlGroup group, Path filter, Path status, Path stage)
            throws IOException {
        var launch = new Launch();
        boolean root = HostUser.isRoot();
        var bubblewrap = new BubblewrapCommand(order, (n, source) -> root ? Stage.name(n) : source.toString());
        launch.add("sh", "-c", OPEN, "open", filter.toString(), status.toString());
        launch.words.addAll(joining(group));
        if (root) {
            launch.words.addAll(Stage.words(stage, bubblewrap.sources()));
        }
        launch.resources(order.bounds(), group);
        launch.add("setpriv", "--no-new-privs", "--pdeathsig", "KILL");
        if (root) {
            String user = Integer.toString(HostUser.of(order.scratch()));
            launch.add("--reuid", user, "--regid", user);
            launch.words.addAll(groups(order));
        }
        launch.words.addAll(bubblewrap.words());
        return launch.words;
    }

    /** Words before a command that is to be a member of the group. */
    static List<String> joining(ControlGroup group) {
        List<String> words = new ArrayList<>(List.of("sh", "-c", JOIN, "join"));
        group.entrances().forEach(entrance -> words.add(entrance.toString()));
        words.add("--");
        return words;
    }

    /** Groups count by their ids outside, whatever a user namespace maps. */
    private static List<String> groups(SandboxOrder order) throws IOException {
        List<String> groups = new ArrayList<>();
        for (Mount mount : order.mounts()) {
            if (mount.access() == Mount.Access.DEVICE) {
                groups.add(Files.getAttribute(mount.source(), "unix:gid").toString());
            }
        }
        return groups.isEmpty() ? List.of("--clear-groups") : List.of("--groups", String.join(",", groups));
    }

    private void resources(Bounds bounds, ControlGroup group) {
        add("prlimit", "--core=0:0", "--nofile=4096:4096", "--fsize=" + bounds.disk() + ":" + bounds.disk());
        if (!group.limits().containsKey("memory")) {
            add("--data=" + bounds.memory() + ":" + bounds.memory());
        }
        if (!group.limits().containsKey("processes")) {
            add("--nproc=" + bounds.processes() + ":" + bounds.processes());
        }
    }

    private void add(String... more) {
        words.addAll(List.of(more));
    }
}
