package dev.quorate.cli.round;

import dev.quorate.json.Json;
import dev.quorate.proof.Output;
import dev.quorate.proof.OutputSet;
import dev.quorate.spec.RelativePath;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where two output sets differ, path by path. */
final class Differences {
    private static final String ABSENT = "absent";

    private Differences() {}

    /** One path and what each side has there. */
    record Difference(RelativePath path, String left, String right) {
        Json.Obj json() {
            return Json.object()
                    .put("path", path.text())
                    .put("left", left)
                    .put("right", right)
                    .build();
        }
    }

    static List<Difference> between(OutputSet left, OutputSet right) {
        SortedMap<RelativePath, Output> ours = byPath(left);
        SortedMap<RelativePath, Output> theirs = byPath(right);
        var paths = new TreeSet<>(ours.keySet());
        paths.addAll(theirs.keySet());
        List<Difference> differences = new ArrayList<>();
        for (RelativePath path : paths) {
            String a = ours.containsKey(path) ? words(ours.get(path)) : ABSENT;
            String b = theirs.containsKey(path) ? words(theirs.get(path)) : ABSENT;
            if (!a.equals(b)) {
                differences.add(new Difference(path, a, b));
            }
        }
        return differences;
    }

    private static SortedMap<RelativePath, Output> byPath(OutputSet set) {
        SortedMap<RelativePath, Output> map = new TreeMap<>();
        set.outputs().forEach(output -> map.put(output.path(), output));
        return map;
    }

    private static String words(Output output) {
        return switch (output) {
            case Output.File file ->
                file.size() + " bytes, " + (file.executable() ? "executable" : "not executable") + ", sha256:"
                        + file.sha256();
            case Output.Symlink link -> "symlink to " + link.target();
        };
    }
}
