package dev.quorate.host.credential;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.junit.jupiter.api.Test;

/** That a real TPM reads such a credential is tested end to end; here is the form. */
final class CredentialMakerTest {
    /** Of a software TPM's {@code tpm2_createak -G ecc -g sha256 -s ecdsa}. */
    private static final String AREA = "0023000b00050072000000100018000b000300100020993f37ba5d468678af50f231c552b42c"
            + "60c76cd9729392d1190a8dce837d815500209e53c103c8705e8be4b87b2f83c6432a4ead68e2d96d07b712cb372dac86c7df";

    private static final AttestationKey KEY = AttestationKey.of(HexFormat.of().parseHex(AREA));
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void nameIsTheTpmsOwn() {
        assertEquals(
                "000b104883a7086729e865c6804fc0fe84f12fec9b0142aaaac32caa2c8f8457845e",
                HexFormat.of().formatHex(KEY.name()));
    }

    @Test
    void seedIsForTheEndorsementKeyAlone() throws Exception {
        KeyPair pair = rsa(2048);
        MadeCredential made = CredentialMaker.make((RSAPublicKey) pair.getPublic(), KEY, new byte[] {1, 2, 3}, RANDOM);
        ByteBuffer secret = ByteBuffer.wrap(made.secret());
        assertEquals(256, secret.getShort());
        var sealed = new byte[256];
        secret.get(sealed);
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        byte[] label = "IDENTITY\0".getBytes(StandardCharsets.US_ASCII);
        cipher.init(
                Cipher.DECRYPT_MODE,
                pair.getPrivate(),
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, new PSource.PSpecified(label)));
        assertEquals(32, cipher.doFinal(sealed).length);
        ByteBuffer blob = ByteBuffer.wrap(made.blob());
        assertEquals(2 + 32 + 2 + 3, blob.getShort());
        assertEquals(32, blob.getShort());
        assertArrayEquals(HexFormat.of().parseHex("badcc0de00000001"), java.util.Arrays.copyOf(made.toolsFile(), 8));
    }

    @Test
    void refusesOtherEndorsementKeysAndLengths() throws Exception {
        RSAPublicKey small = (RSAPublicKey) rsa(1024).getPublic();
        RSAPublicKey fits = (RSAPublicKey) rsa(2048).getPublic();
        assertThrows(IllegalArgumentException.class, () -> CredentialMaker.make(small, KEY, new byte[1], RANDOM));
        assertThrows(IllegalArgumentException.class, () -> CredentialMaker.make(fits, KEY, new byte[33], RANDOM));
        assertThrows(IllegalArgumentException.class, () -> CredentialMaker.make(fits, KEY, new byte[0], RANDOM));
    }

    @Test
    void refusesKeysThatMaySignAnything() {
        // restricted taken away; fixedTPM taken away; decrypt added; another hash; another curve
        for (String[] change : new String[][] {
            {"00050072", "00040072"},
            {"00050072", "00050070"},
            {"00050072", "00070072"},
            {"0018000b0003", "0018000c0003"},
            {"0018000b0003", "0018000b0004"}
        }) {
            byte[] area = HexFormat.of().parseHex(AREA.replace(change[0], change[1]));
            assertThrows(IllegalArgumentException.class, () -> AttestationKey.of(area), change[1]);
        }
    }

    @Test
    void refusesEveryCutAndEveryAddition() {
        byte[] area = KEY.area();
        for (int length = 0; length < area.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(area, length);
            assertThrows(IllegalArgumentException.class, () -> AttestationKey.of(cut));
        }
        byte[] longer = java.util.Arrays.copyOf(area, area.length + 1);
        assertThrows(IllegalArgumentException.class, () -> AttestationKey.of(longer));
    }

    private static KeyPair rsa(int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }
}
