package dev.quorate.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Texts that are nearly good ones: the same for a seed, so that what a test says can be replayed. */
public final class Mutations {
    // What formats here give a meaning to, and what terminals, file systems and YAML do.
    private static final List<String> PIECES = List.of(
            "\n",
            "\r",
            "\t",
            " ",
            "\0",
            "\u001b[31m",
            "\u0085",
            "\u2028",
            "\ufeff",
            "\ufffe",
            "\ud800",
            "é",
            "😀",
            "'",
            "\"",
            "\\",
            "$",
            "${a}",
            "`",
            "#",
            ":",
            ",",
            "-",
            "- ",
            ".",
            "..",
            "../",
            "/",
            "//",
            "@",
            "%",
            "%2F",
            "%2e",
            "?",
            "&",
            "=",
            "{",
            "}",
            "[",
            "]",
            "<",
            "(",
            ")",
            "|",
            "*",
            "!",
            "~",
            "null",
            "true",
            "1e5",
            "0",
            "-0",
            "99999999999999999999",
            "\nlocked:\n",
            "\nname: evil\n",
            "-----BEGIN PGP SIGNATURE",
            "x".repeat(300));

    private Mutations() {}

    /** Mutants of some texts, each with one to four changes. */
    public static Stream<String> of(long seed, int count, String... texts) {
        return IntStream.range(0, count).mapToObj(i -> {
            // Not java.util.Random, whose first numbers hardly differ between neighbouring seeds.
            var random = new SplittableRandom(seed * 1_000_003 + i);
            String text = texts[i % texts.length];
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                text = changed(text, random);
            }
            return text;
        });
    }

    /** UTF-8 of a mutant, sometimes with a byte that is none. */
    public static byte[] bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && text.hashCode() % 16 == 0) {
            bytes = Arrays.copyOf(bytes, bytes.length);
            bytes[bytes.length / 2] ^= (byte) 0x80;
        }
        return bytes;
    }

    private static String changed(String text, SplittableRandom random) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(12));
        return switch (random.nextInt(6)) {
            case 0 -> text.substring(0, from) + text.substring(to);
            case 1 -> text.substring(0, from) + text.substring(from, to) + text.substring(from);
            case 2 -> text.substring(0, from);
            case 3 -> {
                int other = random.nextInt(text.length() + 1);
                int end = Math.min(text.length(), other + random.nextInt(60));
                yield text.substring(0, from) + text.substring(other, end) + text.substring(to);
            }
            default -> text.substring(0, from) + PIECES.get(random.nextInt(PIECES.size())) + text.substring(to);
        };
    }
}
