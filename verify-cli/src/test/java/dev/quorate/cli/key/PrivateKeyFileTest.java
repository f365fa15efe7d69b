package dev.quorate.cli.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.Signer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateKeyFileTest {
    @TempDir
    Path directory;

    @Test
    void whatIsWrittenSignsForThePublicHalfBesideIt() throws Exception {
        Path path = directory.resolve("k");
        P256Key key = PrivateKeyFile.create(path);
        Signer signer = PrivateKeyFile.read(new GivenFile("k", path));
        assertEquals(key, signer.publicKey());
        assertTrue(key.verifies(new byte[] {7}, signer.sign(new byte[] {7})));
        assertEquals(key.pem(), Files.readString(directory.resolve("k.pub")));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }

    @RepeatedTest(20)
    void thePublicHalfIsFoundForAnyKey() throws Exception {
        KeyPair pair = KeyPairSigner.generate();
        assertEquals(pair.getPublic(), PublicHalf.of((ECPrivateKey) pair.getPrivate()));
    }

    @Test
    void otherKeysAndOtherFilesAreRefused() throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        byte[] pem = Pem.write("PRIVATE KEY", rsa.generateKeyPair().getPrivate().getEncoded());
        assertRefused(pem, "k: is not a private key on P-256");
        KeyPairGenerator larger = KeyPairGenerator.getInstance("EC");
        larger.initialize(384);
        assertRefused(
                Pem.write("PRIVATE KEY", larger.generateKeyPair().getPrivate().getEncoded()),
                "k: is not a private key on P-256");
        assertRefused(new byte[] {1, 2}, "k: is not an unencrypted PKCS#8 private key in PEM");
        assertRefused(
                "-----BEGIN PRIVATE KEY-----\n====\n-----END PRIVATE KEY-----"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "k: is not an unencrypted PKCS#8 private key in PEM");
    }

    private void assertRefused(byte[] content, String sentence) throws Exception {
        Path path = Files.write(directory.resolve("k"), content);
        var refused = assertThrows(RefusedException.class, () -> PrivateKeyFile.read(new GivenFile("k", path)));
        assertTrue(refused.getMessage().startsWith(sentence), refused.getMessage());
    }
}
