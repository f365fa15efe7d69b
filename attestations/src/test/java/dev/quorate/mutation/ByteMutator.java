package dev.quorate.mutation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Spoils bytes in the ways that parsers have fallen over: one to four spoilings a mutant, all drawn from a seed. */
final class ByteMutator {
    private static final List<String> TOKENS = List.of(
            "\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "true",
            "-0",
            "1e999999999",
            "9007199254740993",
            "\\ud800",
            "\\u0000",
            "\u0000",
            "\u001b[2J",
            "\ufeff",
            "\u202e",
            "\n",
            "\r\n",
            "\n\n",
            "\t",
            "&a ",
            "*a",
            "!!int ",
            "? ",
            "- ",
            "---\n",
            "...\n",
            "|\n",
            ">\n",
            "%YAML 9.9\n",
            "#",
            "<<: ",
            "\u2014 ",
            "+",
            "=",
            "==",
            "../",
            "%",
            "pkg:",
            "@",
            "~",
            "2027-02-30T00:00:00Z",
            "99999999999999999999");

    private final Random random;

    ByteMutator(Random random) {
        this.random = random;
    }

    byte[] mutate(byte[] golden) {
        byte[] bytes = golden;
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes = once(bytes);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        int at = random.nextInt(bytes.length);
        int end = at + random.nextInt(Math.min(bytes.length - at, 80)) + 1;
        return switch (random.nextInt(8)) {
            case 0 -> flipped(bytes, at);
            case 1 -> Arrays.copyOf(bytes, at);
            case 2 -> joined(bytes, at, new byte[0], end);
            case 3 -> joined(bytes, end, Arrays.copyOfRange(bytes, at, end), end);
            case 4 -> joined(bytes, at, elsewhere(bytes), end);
            case 5 -> joined(bytes, at, token(), random.nextBoolean() ? at : end);
            case 6 -> joined(bytes, at, nesting(), at);
            default -> joined(bytes, at, new byte[] {(byte) random.nextInt(256)}, at + 1);
        };
    }

    private byte[] flipped(byte[] bytes, int at) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        return flipped;
    }

    private byte[] elsewhere(byte[] bytes) {
        int from = random.nextInt(bytes.length);
        return Arrays.copyOfRange(bytes, from, from + random.nextInt(Math.min(bytes.length - from, 80)) + 1);
    }

    private byte[] token() {
        return TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] nesting() {
        int depth = 1 + random.nextInt(3000);
        String open = List.of("[", "{\"a\":", "- ", "{", "((").get(random.nextInt(5));
        return open.repeat(depth).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] bytes, int head, byte[] middle, int tail) {
        var out = new ByteArrayOutputStream();
        out.write(bytes, 0, head);
        out.writeBytes(middle);
        out.write(bytes, tail, bytes.length - tail);
        return out.toByteArray();
    }
}
