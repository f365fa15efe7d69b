package dev.quorate.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.MalformedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.util.Base64;
import java.util.List;

class KeyFuzzTest implements Fuzzed {
    private static final Path DIRECTORY = Path.of("/keys");

    @Override
    public List<Target> targets() throws GeneralSecurityException {
        byte[] ed25519 = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        return List.of(
                Target.of("key-in-tpm", KeyFuzzTest::sealed, sealed()),
                Target.of(
                                "key-reference",
                                bytes -> KeyReference.parse(text(bytes), DIRECTORY),
                                ascii(
                                        "pkcs11:token=a;object=b%20c;type=private?module-path=/m.so&pin-source=file:///pin"),
                                ascii("tpm:keys/a.json"),
                                ascii("keys/a.pem"))
                        .refusing(IllegalArgumentException.class),
                Target.of("pem", KeyFuzzTest::pem, ascii(Pem.write("PUBLIC KEY", new byte[70])))
                        .refusing(IllegalArgumentException.class),
                Target.of("pcrs", bytes -> Pcrs.parse(text(bytes)), ascii("0,4,7"))
                        .refusing(IllegalArgumentException.class),
                Target.of("ed25519", Ed25519Pair::of, ed25519)
                        .refusing(InvalidKeySpecException.class)
                        .refusing(GeneralSecurityException.class));
    }

    private static byte[] sealed() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        String key = Base64.getEncoder()
                .encodeToString(generator.generateKeyPair().getPublic().getEncoded());
        return ascii("{\"format\":\"quorate/tpm-key/v1\",\"key\":\"" + key
                + "\",\"pcrs\":[0,4,7],\"private\":\"AAAA\",\"public\":\"AAAA\",\"tcti\":\"device:/dev/tpmrm0\"}");
    }

    private static void sealed(byte[] bytes) throws MalformedException {
        byte[] canonical = CanonicalJson.bytes(SealedBlobs.parse(bytes).json());
        assertArrayEquals(
                canonical, CanonicalJson.bytes(SealedBlobs.parse(canonical).json()));
    }

    private static void pem(byte[] bytes) {
        for (byte[] der : Pem.read(bytes, "PUBLIC KEY")) {
            List<byte[]> again = Pem.read(ascii(Pem.write("PUBLIC KEY", der)), "PUBLIC KEY");
            assertEquals(1, again.size());
            assertArrayEquals(der, again.getFirst());
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
