package dev.quorate.agent.vm;

import java.util.List;
import java.util.stream.Collectors;

/** Words that a shell reads back as they are. */
final class ShellWords {
    private ShellWords() {}

    static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    static String line(List<String> words) {
        return words.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
    }
}
