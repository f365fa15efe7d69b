package dev.quorate.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Spoils seeds in the ways that readers of texts and of binary structures have fallen over. */
final class Mutator {
    private static final int MOST_CHANGES = 4;
    private static final int LONGEST_PIECE = 80;
    private static final int LONGEST_RUN = 3000;
    private static final long[] EDGES = {0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fff_ffffL, 0x8000_0000L, -1};
    private static final List<String> WORDS = List.of(
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            "(",
            ")",
            "<",
            ">",
            ",",
            ":",
            ";",
            "'",
            "`",
            "$",
            "#",
            "%",
            "&",
            "*",
            "!",
            "|",
            "=",
            "==",
            "+",
            "-",
            "--",
            "- ",
            "? ",
            "~",
            "@",
            "/",
            "//",
            "../",
            ".",
            "..",
            "\0",
            "\t",
            "\n",
            "\n\n",
            "\r\n",
            " ",
            "\n ",
            "0",
            "-0",
            "1e5",
            "1e999999999",
            "9007199254740993",
            "99999999999999999999",
            "null",
            "true",
            "\\u0000",
            "\\ud800",
            "\u001b[2J",
            "\u0085",
            "\u2028",
            "\u202e",
            "\ufeff",
            "\u2014 ",
            "é",
            "😀",
            "---\n",
            "...\n",
            "%YAML 9.9\n",
            "!!int ",
            "<<: ",
            "&a ",
            "*a",
            "pkg:",
            "git+",
            "file://",
            "https://[",
            "%2F",
            "%00",
            "sha256:",
            "2027-02-30T00:00:00Z",
            "-----BEGIN X-----\n",
            "-----END X-----\n",
            "<!DOCTYPE a [<!ENTITY b 'c'>]>");

    private final List<byte[]> seeds;
    private final RandomGenerator random;

    Mutator(List<byte[]> seeds, RandomGenerator random) {
        this.seeds = seeds;
        this.random = random;
    }

    /** The next mutant of one of the seeds. */
    byte[] next() {
        byte[] bytes = seed();
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            bytes = changed(bytes);
        }
        return bytes;
    }

    private byte[] seed() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] changed(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int end = at + random.nextInt(Math.min(bytes.length - at, LONGEST_PIECE) + 1);
        return switch (random.nextInt(10)) {
            case 0 -> flipped(bytes, at);
            case 1 -> Arrays.copyOf(bytes, at);
            case 2 -> joined(bytes, at, new byte[0], end);
            case 3 -> joined(bytes, end, Arrays.copyOfRange(bytes, at, end), end);
            case 4 -> joined(bytes, at, piece(seed()), end);
            case 5 -> joined(bytes, at, word(), random.nextBoolean() ? at : end);
            case 6 -> joined(bytes, at, run(), at);
            case 7 -> numbered(bytes, at);
            case 8 -> joined(bytes, at, new byte[] {(byte) random.nextInt(256)}, Math.min(at + 1, bytes.length));
            default -> counted(bytes, at);
        };
    }

    private byte[] flipped(byte[] bytes, int at) {
        byte[] flipped = bytes.clone();
        if (at < flipped.length) {
            flipped[at] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private byte[] piece(byte[] of) {
        int from = random.nextInt(of.length + 1);
        return Arrays.copyOfRange(of, from, from + random.nextInt(Math.min(of.length - from, LONGEST_PIECE) + 1));
    }

    private byte[] word() {
        return WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] run() {
        byte[] word = random.nextBoolean() ? word() : new byte[] {(byte) random.nextInt(256)};
        var run = new ByteArrayOutputStream();
        for (int times = random.nextInt(LONGEST_RUN); times > 0; times--) {
            run.writeBytes(word);
        }
        return run.toByteArray();
    }

    /** What may be a length gets a value that lengths have trouble with, in either order of bytes. */
    private byte[] numbered(byte[] bytes, int at) {
        int width = Math.min(1 << random.nextInt(4), bytes.length - at);
        long value = EDGES[random.nextInt(EDGES.length)];
        if (random.nextInt(3) == 0) {
            value = bytes.length - at + random.nextInt(5) - 2L;
        }
        boolean isLittle = random.nextBoolean();
        byte[] numbered = bytes.clone();
        for (int i = 0; i < width; i++) {
            int place = isLittle ? i : width - 1 - i;
            numbered[at + i] = (byte) (value >> 8 * place);
        }
        return numbered;
    }

    /** The next decimal digit from there becomes another. */
    private byte[] counted(byte[] bytes, int at) {
        byte[] counted = bytes.clone();
        for (int i = at; i < counted.length; i++) {
            if (counted[i] >= '0' && counted[i] <= '9') {
                counted[i] = (byte) ('0' + random.nextInt(10));
                return counted;
            }
        }
        return counted;
    }

    private static byte[] joined(byte[] bytes, int head, byte[] middle, int tail) {
        var out = new ByteArrayOutputStream(head + middle.length + bytes.length - tail);
        out.write(bytes, 0, head);
        out.writeBytes(middle);
        out.write(bytes, tail, bytes.length - tail);
        return out.toByteArray();
    }
}
