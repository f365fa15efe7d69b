package dev.quorate.inputs.apt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of the machine's apt sources.
 *
 * @param options what is said about keys and trust, as deb822 fields, {@code Signed-By: /usr/share/…}
 */
record SourceEntry(List<String> uris, List<String> suites, List<String> components, List<String> options) {
    /** Its last group is all components at once: a group that repeats would take stack for each. */
    private static final Pattern ONE_LINE =
            Pattern.compile("deb(?:-src)?\\s+(?:\\[([^\\]]*)\\]\\s+)?(\\S+)\\s+(\\S+)(|\\s.*)", Pattern.DOTALL);

    /** Reads {@code deb [signed-by=…] uri suite component…}; any other line gives nothing. */
    static List<SourceEntry> ofLine(String line) {
        int comment = line.indexOf('#');
        Matcher matcher = ONE_LINE.matcher((comment < 0 ? line : line.substring(0, comment)).strip());
        if (!matcher.matches()) {
            return List.of();
        }
        // Of an option that is there twice apt takes the last.
        Map<String, String> options = new TreeMap<>();
        for (String option : words(matcher.group(1) == null ? "" : matcher.group(1))) {
            if (option.startsWith("signed-by=")) {
                options.put("Signed-By", option.substring("signed-by=".length()));
            } else if (option.startsWith("trusted=")) {
                options.put("Trusted", option.substring("trusted=".length()));
            }
        }
        List<String> fields = options.entrySet().stream()
                .map(option -> option.getKey() + ": " + option.getValue())
                .toList();
        return List.of(
                new SourceEntry(List.of(matcher.group(2)), List.of(matcher.group(3)), words(matcher.group(4)), fields));
    }

    /** The same mirror and keys as a deb822 paragraph for other suites. */
    String withSuites(List<String> others) {
        List<String> lines = new ArrayList<>();
        lines.add("Types: deb deb-src");
        lines.add("URIs: " + String.join(" ", uris));
        lines.add("Suites: " + String.join(" ", others));
        lines.add("Components: " + String.join(" ", components));
        lines.addAll(options);
        return String.join("\n", lines) + "\n";
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }
}
