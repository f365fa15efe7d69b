package dev.quorate.coordinator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quorate.coordinator.desk.DebianPackage;
import dev.quorate.coordinator.round.LeaseToken;
import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Headers and queries. */
class RequestFuzzTest implements Fuzzed {
    @Override
    public List<Target> targets() {
        return List.of(
                Target.of("content-range", RequestFuzzTest::uploaded, bytes("bytes 100-199/200"))
                        .refusing(ProblemException.class),
                Target.of("range", RequestFuzzTest::requested, bytes("bytes=100-199"), bytes("bytes=5-"))
                        .refusing(ProblemException.class),
                Target.of("lease-token", RequestFuzzTest::token, bytes("17")).refusing(IllegalArgumentException.class),
                Target.of("wait", bytes -> Exchange.seconds(text(bytes)), bytes("30"))
                        .refusing(IllegalArgumentException.class),
                Target.of("debian-package", RequestFuzzTest::debian, bytes("hello 1:2.10-3 amd64"))
                        .refusing(IllegalArgumentException.class));
    }

    private static void token(byte[] bytes) {
        LeaseToken token = LeaseToken.parse(text(bytes));
        assertEquals(token, LeaseToken.parse(Long.toString(token.number())));
    }

    private static void uploaded(byte[] bytes) throws ProblemException {
        ByteRange range = ByteRange.uploaded(text(bytes));
        assertEquals(range, ByteRange.uploaded(range.header()));
    }

    private static void requested(byte[] bytes) throws ProblemException {
        boolean within = ByteRange.requested(text(bytes), 1000)
                .map(range -> range.length() > 0 && range.first() + range.length() <= 1000)
                .orElse(true);
        assertEquals(true, within);
    }

    private static void debian(byte[] bytes) {
        String[] words = text(bytes).split(" ", 3);
        if (words.length < 3) {
            throw new IllegalArgumentException("must be three words");
        }
        new DebianPackage(words[0], words[1]).file(DebianPackage.architecture(words[2]));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
