package dev.quorate.agent.build;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is run in the sandbox once the inputs lie there.
 *
 * @param script for {@code sh -eu}
 * @param variables the whole environment
 * @param outputs where the outputs appear, absolute, inside
 */
record Plan(String script, List<String> arguments, Map<String, String> variables, String outputs) {
    private static final Map<String, String> ALWAYS = Map.of(
            "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LC_ALL", "C.UTF-8",
            "TZ", "UTC",
            "HOME", "/nonexistent");

    /** The recipe's variables over those that every build has. */
    static Map<String, String> variables(Map<String, String> defaults, Map<String, String> recipe) {
        Map<String, String> all = new LinkedHashMap<>(ALWAYS);
        all.putAll(defaults);
        all.putAll(recipe);
        return all;
    }

    List<String> command() {
        var words = new ArrayList<>(List.of("sh", "-euc", "umask 022\n" + script, "build"));
        words.addAll(arguments);
        return words;
    }

    /** Segments of the output directory below {@code /build}. */
    List<String> outputSegments() {
        return Arrays.stream(outputs.split("/"))
                .filter(segment -> !segment.isEmpty())
                .skip(1)
                .toList();
    }
}
