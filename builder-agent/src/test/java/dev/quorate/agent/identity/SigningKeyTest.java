package dev.quorate.agent.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.dsse.Signer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    @Test
    void aKeyThatWasMadeIsReadAgainAndVerifiesWhatItSigns() throws Exception {
        Path file = directory.resolve("data/builder.key");
        Signer made = SigningKey.readOrMake(file);
        Signer read = SigningKey.readOrMake(file);
        assertEquals(made.publicKey(), read.publicKey());
        assertTrue(made.publicKey().verifies(MESSAGE, read.sign(MESSAGE)));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (var files = Files.list(file.getParent())) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void aKeyThatOthersCanReadIsRefused() throws Exception {
        Path file = directory.resolve("builder.key");
        SigningKey.readOrMake(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertRefused(file, "chmod 600");
    }

    @Test
    void aKeyOfAnotherKindIsRefused() throws Exception {
        for (String algorithm : List.of("RSA", "Ed25519")) {
            assertRefused(
                    write(KeyPairGenerator.getInstance(algorithm)
                            .generateKeyPair()
                            .getPrivate()
                            .getEncoded()),
                    "is not a private key on P-256");
        }
        KeyPairGenerator p384 = KeyPairGenerator.getInstance("EC");
        p384.initialize(384);
        assertRefused(write(p384.generateKeyPair().getPrivate().getEncoded()), "is not a private key on P-256");
    }

    @Test
    void aDamagedOrMissingKeyIsRefused() throws Exception {
        assertRefused(directory.resolve("absent.key"), "is not there");
        assertRefused(write(new byte[] {1, 2, 3}), "is not a private key on P-256");
        assertRefused(
                Files.writeString(directory.resolve("text.key"), "hello"), "is not an unencrypted PKCS#8 private key");
    }

    private Path write(byte[] pkcs8) throws Exception {
        Path file = directory.resolve("other.key");
        Files.writeString(
                file,
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(pkcs8)
                        + "\n-----END PRIVATE KEY-----\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static void assertRefused(Path file, String reason) {
        var e = assertThrows(UnusableFileException.class, () -> SigningKey.read(file));
        assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }
}
