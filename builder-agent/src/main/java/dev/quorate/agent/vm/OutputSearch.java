package dev.quorate.agent.vm;

import dev.quorate.spec.RelativePath;
import java.util.List;

/**
 * The guest's part of taking outputs: a shell script that lists, in {@code /order/list}, what the patterns match. It need
 * not be exact nor honest, since the host captures from what it gets by the same rules as from a container's directory.
 */
final class OutputSearch {
    private OutputSearch() {}

    /**
     * The script, to be run in the build disk's top directory.
     *
     * @param directory of the outputs below it
     */
    static String script(List<String> directory, List<RelativePath> patterns) {
        var script = new StringBuilder();
        var path = new StringBuilder(".");
        // A directory that the build replaced by a link does not count, here as in a container.
        for (String segment : directory) {
            path.append('/').append(segment);
            String word = ShellWords.quote(path.toString());
            script.append("if [ -d ")
                    .append(word)
                    .append(" ] && [ ! -L ")
                    .append(word)
                    .append(" ]; then\n");
            script.append("printf '%s\\0' ").append(word).append(" >>/order/list\n");
        }
        for (RelativePath pattern : patterns) {
            int depth = pattern.text().split("/").length;
            script.append("b find ").append(ShellWords.quote(path.toString()));
            script.append(" -mindepth ").append(depth).append(" -maxdepth ").append(depth);
            script.append(" -path ").append(ShellWords.quote(glob(path + "/") + glob(pattern.text())));
            script.append(" ! -type d -print0 >>/order/list\n");
        }
        script.append("fi\n".repeat(directory.size()));
        return script.toString();
    }

    /** At one depth a star can match no slash, because there would be one too many; only a star is special. */
    private static String glob(String text) {
        return text.replaceAll("[\\[\\]?\\\\]", "\\\\$0");
    }
}
