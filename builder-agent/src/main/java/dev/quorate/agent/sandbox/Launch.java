package dev.quorate.agent.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The chain of programs that ends as bubblewrap, all in one process by exec, so that killing it kills the sandbox and
 * its parent-death signal is this program's.
 */
final class Launch {
    /** Opens the filter and the status file (Java passes no descriptors), and joins the control group. */
    private static final String OPEN = """
            set -eu
            exec 9<"$1" 8>"$2"; shift 2
            while [ "$1" != -- ]; do echo $$ >"$1"; shift; done
            shift
            exec "$@"
            """;

    /**
     * Root only, in a mount namespace of its own: shows each source on a tmpfs, because the unprivileged user may not be
     * able to walk to it; the tmpfs is moved over /tmp only at the end, because sources may lie below /tmp.
     */
    private static final String STAGE = """
            set -eu
            stage=$1; shift
            mount -t tmpfs -o mode=755,size=1m,nosuid,nodev quorate "$stage"
            n=0
            while [ "$1" != -- ]; do
              if [ -d "$1" ]; then mkdir "$stage/$n"; else : >"$stage/$n"; fi
              mount --bind -- "$1" "$stage/$n"
              n=$((n + 1)); shift
            done
            shift
            mount --move "$stage" /tmp
            exec "$@"
            """;

    private final List<String> words = new ArrayList<>();

    private Launch() {}

    static List<String> command(SandboxOrder order, ControlGroup group, Path filter, Path status, Path stage)
            throws IOException {
        var launch = new Launch();
        boolean root = HostUser.isRoot();
        var bubblewrap = new BubblewrapCommand(order, (n, source) -> root ? "/tmp/" + n : source.toString());
        launch.add("sh", "-c", OPEN, "open", filter.toString(), status.toString());
        group.entrances().forEach(entrance -> launch.add(entrance.toString()));
        launch.add("--");
        if (root) {
            launch.add("unshare", "--mount", "--propagation", "private", "sh", "-c", STAGE, "stage", stage.toString());
            bubblewrap.sources().forEach(source -> launch.add(source.toString()));
            launch.add("--");
        }
        launch.resources(order.bounds(), group);
        launch.add("setpriv", "--no-new-privs", "--pdeathsig", "KILL");
        if (root) {
            String user = Integer.toString(HostUser.of(order.scratch()));
            launch.add("--reuid", user, "--regid", user, "--clear-groups");
        }
        launch.words.addAll(bubblewrap.words());
        return launch.words;
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
