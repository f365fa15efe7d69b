package dev.quorate.cli.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.cli.RefusedException;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.Signer;
import dev.quorate.key.FileKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateKeyFileTest {
    @TempDir
    Path directory;

    @Test
    void whatIsWrittenSignsForThePublicHalfBesideIt() throws Exception {
        Path path = directory.resolve("k");
        P256Key key = PrivateKeyFile.create(path);
        Signer signer = GivenKey.of("k", directory).open();
        assertEquals(key, signer.publicKey());
        assertTrue(key.verifies(new byte[] {7}, signer.sign(new byte[] {7})));
        assertEquals(key.pem(), Files.readString(directory.resolve("k.pub")));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }

    @Test
    void otherKeysAndOtherFilesAreRefused() throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        assertRefused(pem(rsa), "k: is not a private key on P-256");
        KeyPairGenerator larger = KeyPairGenerator.getInstance("EC");
        larger.initialize(384);
        Path path = directory.resolve("k");
        Files.writeString(path, "");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        assertRefused(pem(larger), "k: is not a private key on P-256");
        assertRefused(new byte[] {1, 2}, "k: is not an unencrypted PKCS#8 private key in PEM");
        assertRefused(
                "-----BEGIN PRIVATE KEY-----\n====\n-----END PRIVATE KEY-----".getBytes(StandardCharsets.UTF_8),
                "k: holds a damaged PRIVATE KEY");
    }

    private static byte[] pem(KeyPairGenerator generator) {
        return FileKey.pem(generator.generateKeyPair()).getBytes(StandardCharsets.US_ASCII);
    }

    private void assertRefused(byte[] content, String sentence) throws Exception {
        Files.write(directory.resolve("k"), content);
        var refused = assertThrows(
                RefusedException.class, () -> GivenKey.of("k", directory).open());
        assertTrue(refused.getMessage().startsWith(sentence), refused.getMessage());
    }
}
