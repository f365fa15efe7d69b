package dev.quorate.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyReferenceTest {
    private static final Path HERE = Path.of("/etc/quorate");

    @TempDir
    Path directory;

    @Test
    void eachKindIsToldByItsBeginning() {
        assertEquals(new FileKey("k.pem", HERE.resolve("k.pem")), KeyReference.parse("k.pem", HERE));
        assertEquals(new FileKey("./tpm:x", HERE.resolve("tpm:x")), KeyReference.parse("./tpm:x", HERE));
        assertEquals(new TpmKey("tpm:a/k.tpm", HERE.resolve("a/k.tpm")), KeyReference.parse("tpm:a/k.tpm", HERE));
        String uri = "pkcs11:token=My%20token;object=a+b;type=private?module-path=/lib/m.so&pin-source=file:pin";
        assertEquals(
                new TokenKey(uri, "My token", "a+b", Path.of("/lib/m.so"), HERE.resolve("pin")),
                KeyReference.parse(uri, HERE));
        var absolute = (TokenKey)
                KeyReference.parse("pkcs11:object=o;token=t?pin-source=file:///run/pin&module-path=/lib/m.so", HERE);
        assertEquals(Path.of("/run/pin"), absolute.pinSource());
    }

    @Test
    void anythingElseIsRefusedWithItsReason() {
        refuses("", "must name a file");
        refuses("tpm:", "must name a file");
        refuses("a\0b", "NUL");
        refuses("pkcs11:", "with pin-source=");
        refuses("pkcs11:object=o?module-path=/m&pin-source=file:p", "with token=");
        refuses("pkcs11:token=t?module-path=/m&pin-source=file:p", "with object=");
        refuses("pkcs11:token=t;object=o?pin-source=file:p", "with module-path=");
        refuses("pkcs11:token=t;object=o?module-path=/m", "with pin-source=");
        refuses("pkcs11:token=t;object=o?module-path=/m&pin-source=|cat", "pin-source like file:");
        refuses("pkcs11:token=t;object=o?module-path=/m&pin-value=1234", "never the PIN itself");
        refuses("pkcs11:token=t;token=u;object=o?module-path=/m&pin-source=file:p", "token twice");
        refuses("pkcs11:token=t;object=o;id=%01?module-path=/m&pin-source=file:p", "attributes token and object");
        refuses("pkcs11:token=t;object=o;type=cert?module-path=/m&pin-source=file:p", "type=private");
        refuses("pkcs11:token=%zz;object=o?module-path=/m&pin-source=file:p", "two hex digits");
        refuses(
                "pkcs11:token=%2\u0012;object=o?module-path=/m&pin-source=file:p",
                "must have two hex digits after each %");
    }

    private static void refuses(String text, String reason) {
        var refused = assertThrows(IllegalArgumentException.class, () -> KeyReference.parse(text, HERE), text);
        assertTrue(refused.getMessage().contains(reason), refused::getMessage);
    }

    @Test
    void aKeyFileThatWasMadeSigns() throws Exception {
        var key = new FileKey("k", directory.resolve("new/k"));
        key.make();
        OpenKey open = key.open();
        for (byte i = 0; i < 20; i++) {
            byte[] message = {i};
            assertTrue(P256.verifies(open.publicKey(), message, open.sign(message)));
            assertFalse(P256.verifies(open.publicKey(), new byte[] {99}, open.sign(message)));
            // Another key each time: the public half is computed, and has to be right for either y.
            key.make();
            open = key.open();
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key.path())));
        Files.setPosixFilePermissions(key.path(), PosixFilePermissions.fromString("rw-r-----"));
        assertEquals("k: can be read or changed by other users; run chmod 600 on it", refused(key));
    }

    @Test
    void aTokenWithoutItsModuleOrPinIsRefusedBeforeAnythingIsLoaded() throws Exception {
        String absent = "pkcs11:token=t;object=o?module-path=/nowhere/m.so&pin-source=file:pin";
        assertEquals(
                "pkcs11:token=t;object=o: there is no PKCS#11 module /nowhere/m.so; install the token's library, or"
                        + " correct module-path",
                refused(KeyReference.parse(absent, directory)));
        Files.writeString(directory.resolve("m.so"), "text");
        String text = "pkcs11:token=t;object=o?module-path=m.so&pin-source=file:pin";
        assertEquals(
                "pkcs11:token=t;object=o: " + directory.resolve("m.so") + " is no PKCS#11 module",
                refused(KeyReference.parse(text, directory)));
    }

    @Test
    void aFileThatNoTpmMadeIsRefused() throws Exception {
        for (String content : List.of("", "{}", "{\"format\":\"quorate/tpm-key/v1\",\"pcrs\":[]}")) {
            Files.writeString(directory.resolve("k"), content);
            assertEquals(
                    "tpm:k: is no key file of a TPM; make one with: quorate trust key --tpm PCRS -o FILE",
                    refused(KeyReference.parse("tpm:k", directory)));
        }
        assertEquals("tpm:absent: is not there; check the path", refused(KeyReference.parse("tpm:absent", directory)));
    }

    @Test
    void pcrsAreThoseThatATpmHas() {
        assertEquals("sha256:0,7,16", Pcrs.parse("16,0,7,0").toString());
        for (String wrong : List.of("", "24", "-1", "a", "1,")) {
            assertThrows(IllegalArgumentException.class, () -> Pcrs.parse(wrong));
        }
    }

    private static String refused(KeyReference key) {
        return assertThrows(UnusableKeyException.class, key::open).getMessage();
    }
}
