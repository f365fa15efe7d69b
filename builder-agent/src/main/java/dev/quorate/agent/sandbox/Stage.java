package dev.quorate.agent.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Root only, in a mount namespace of its own: shows each source on a tmpfs, because an unprivileged user may not be able
 * to walk to where it lies. The tmpfs is moved over /tmp only at the end, because sources may lie below /tmp.
 */
final class Stage {
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

    private Stage() {}

    /** The n-th source's name on the stage. */
    static String name(int n) {
        return "/tmp/" + n;
    }

    /** Words before a command that sees the sources. */
    static List<String> words(Path stage, List<Path> sources) {
        List<String> words = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private"));
        words.addAll(List.of("sh", "-c", STAGE, "stage", stage.toString()));
        sources.forEach(source -> words.add(source.toString()));
        words.add("--");
        return words;
    }
}
