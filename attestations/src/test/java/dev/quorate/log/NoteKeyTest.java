package dev.quorate.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoteKeyTest {
    @Test
    void aVerifierKeyReadsAsItWasWritten() {
        for (NoteKey key :
                List.of(TestKeys.log().key(), TestKeys.witness("w.example/1").key())) {
            assertEquals(key, NoteKey.parse(key.vkey()));
        }
    }

    @Test
    void thePublishedExampleOfSignedNotesIsRead() {
        // The verifier key in the package comment of golang.org/x/mod/sumdb/note.
        String vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        NoteKey key = NoteKey.parse(vkey);
        assertEquals(0xc74f20a3, key.keyHash());
        assertEquals(vkey, key.vkey());
        String text = "If you think cryptography is the answer to your problem,\n"
                + "then you don't know what your problem is.\n";
        NoteSignature signature = NoteSignature.parse("\u2014 PeterNeumann "
                + "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=");
        assertEquals(true, signature.claims(key));
        assertEquals(true, key.key().verifies(text.getBytes(StandardCharsets.UTF_8), signature.blob()));
    }

    @Test
    void wrongVerifierKeysAreRefusedWithASentence() {
        String good = TestKeys.log().key().vkey();
        String name = TestKeys.ORIGIN;
        for (String bad : List.of(
                "",
                "a+b",
                good.replace(name, "other.example"),
                good.replace(name, "a b"),
                good.substring(0, good.length() - 1),
                good + "=",
                name + "+00000000+" + good.substring(good.lastIndexOf('+') + 1),
                name + "+00000000+AQ==",
                "x".repeat(2000) + good)) {
            assertThrows(IllegalArgumentException.class, () -> NoteKey.parse(bad), bad);
        }
    }

    @Test
    void aKeyOfOneKindDoesNotSignTheOther() {
        assertThrows(IllegalStateException.class, () -> TestKeys.log().cosign("text\n", 1));
        assertThrows(IllegalStateException.class, () -> TestKeys.witness("w").sign("text\n"));
    }
}
