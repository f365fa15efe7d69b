package dev.quorate.coordinator.log;

import dev.quorate.log.Ed25519NoteSigner;
import dev.quorate.log.KeyName;
import dev.quorate.log.NoteAlgorithm;
import dev.quorate.log.NoteSigner;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.stream.IntStream;

/** Keys and entries for logs. */
final class TestLogs {
    static final NoteSigner SIGNER = signer("log.example", NoteAlgorithm.ED25519);

    private TestLogs() {}

    static NoteSigner signer(String name, NoteAlgorithm algorithm) {
        try {
            return Ed25519NoteSigner.of(
                    new KeyName(name),
                    algorithm,
                    KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] entry(int i) {
        return ("entry " + i).getBytes(StandardCharsets.UTF_8);
    }

    static List<byte[]> entries(int from, int to) {
        return IntStream.range(from, to).mapToObj(TestLogs::entry).toList();
    }
}
