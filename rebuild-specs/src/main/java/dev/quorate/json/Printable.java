package dev.quorate.json;

/** Makes text from strangers safe to print: no terminal escapes, no line breaks, no direction marks. */
public final class Printable {
    private static final int LONGEST = 200;

    private Printable() {}

    /** The text with everything but visible characters and spaces written as {@code \\u{hex}}. */
    public static String of(String text) {
        var out = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> append(out, c));
        return text.length() > LONGEST ? out + "…" : out.toString();
    }

    /** {@link #of} between quotation marks. */
    public static String quote(String text) {
        return "\"" + of(text) + "\"";
    }

    static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static void append(StringBuilder out, int c) {
        switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                out.append("\\u{").append(Integer.toHexString(c)).append('}');
            default -> out.appendCodePoint(c);
        }
    }
}
