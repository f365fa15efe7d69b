package dev.quorate.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.quorate.fixture.Vectors;
import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.json.MalformedException;
import java.util.Arrays;
import java.util.List;

class KitFuzzTest implements Fuzzed {
    @Override
    public List<Target> targets() {
        return List.of(
                Target.of("kit", KitFuzzTest::kit, firstLines("agreement_ok", 3)),
                Target.of("kit-with-token", KitFuzzTest::kit, lastLine("time_token_ok")));
    }

    /** A kit is written as it was read but for a key's name in an envelope and its base64, of either alphabet. */
    private static void kit(byte[] bytes) throws MalformedException {
        byte[] written = Kit.parse(bytes, "fuzz").bytes();
        assertArrayEquals(written, Kit.parse(written, "again").bytes());
    }

    private static byte[] firstLines(String vector, int lines) {
        byte[] kit = Vectors.kit(vector);
        int end = 0;
        for (int line = 0; line < lines; end++) {
            line += kit[end] == '\n' ? 1 : 0;
        }
        return Arrays.copyOf(kit, end);
    }

    private static byte[] lastLine(String vector) {
        byte[] kit = Vectors.kit(vector);
        int from = kit.length - 1;
        while (kit[from - 1] != '\n') {
            from--;
        }
        return Arrays.copyOfRange(kit, from, kit.length);
    }
}
