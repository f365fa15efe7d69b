package dev.quorate.log;

import java.util.List;

/**
 * What the text of a checkpoint says; who says it is the note's matter.
 *
 * @param origin which log
 * @param head its size and root
 * @param extensions further lines, kept and not understood
 */
public record Checkpoint(String origin, TreeHead head, List<String> extensions) {
    private static final int MAX_LINES = 64;

    /**
     * Keeps a checkpoint.
     *
     * @throws IllegalArgumentException if a line is empty or holds a newline
     */
    public Checkpoint {
        extensions = List.copyOf(extensions);
        if (!isLine(origin) || !extensions.stream().allMatch(Checkpoint::isLine)) {
            throw new IllegalArgumentException("origin and extensions of a checkpoint are lines that are not empty");
        }
    }

    /** A checkpoint without extensions. */
    public Checkpoint(String origin, TreeHead head) {
        this(origin, head, List.of());
    }

    /**
     * Reads the text of a note.
     *
     * @throws IllegalArgumentException if it is no checkpoint
     */
    public static Checkpoint parse(String text) {
        List<String> lines = List.of(text.split("\n", MAX_LINES + 2));
        // The text ends in a newline, so the last piece is empty.
        if (lines.size() < 4 || lines.size() > MAX_LINES + 1 || !lines.getLast().isEmpty()) {
            throw new IllegalArgumentException(
                    "a checkpoint has the lines origin, size and root, and at most " + MAX_LINES + " in all");
        }
        var head = new TreeHead(TreeHead.parseSize(lines.get(1)), StrictBase64.decodeHash(lines.get(2)));
        return new Checkpoint(lines.getFirst(), head, lines.subList(3, lines.size() - 1));
    }

    /** The text of the note. */
    public String text() {
        var text = new StringBuilder(origin)
                .append('\n')
                .append(head.size())
                .append('\n')
                .append(StrictBase64.encode(head.root()))
                .append('\n');
        extensions.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private static boolean isLine(String text) {
        return !text.isEmpty() && text.indexOf('\n') < 0;
    }
}
