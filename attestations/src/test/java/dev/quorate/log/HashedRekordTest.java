package dev.quorate.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import dev.quorate.fixture.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HashedRekordTest {
    private static byte[] leaf() throws Exception {
        return Vectors.bundles("agreement_ok").getFirst().entry().body();
    }

    @Test
    void aLeafSaysWhoSignedWhat() throws Exception {
        HashedRekord.Entry entry = HashedRekord.read(leaf()).orElseThrow();
        assertEquals(Vectors.bundles("agreement_ok").getFirst().envelope().digest(), entry.signed());
        assertArrayEquals(Vectors.bundles("agreement_ok").getFirst().envelope().signature(), entry.signature());
        assertTrue(entry.isGood());
        assertArrayEquals(entry.key().spki(), HashedRekord.spki(leaf()).orElseThrow());
    }

    @Test
    void aSignatureOverSomethingElseIsNotGood() throws Exception {
        HashedRekord.Entry entry = HashedRekord.read(leaf()).orElseThrow();
        assertFalse(new HashedRekord.Entry(Sha256.of("another"), entry.signature(), entry.key()).isGood());
    }

    @Test
    void aLeafThatIsSpeltOtherwiseIsNone() throws Exception {
        String leaf = new String(leaf(), StandardCharsets.UTF_8);
        assertEquals(Optional.empty(), HashedRekord.read(bytes(leaf.replace(":{", ": {"))));
        assertEquals(Optional.empty(), HashedRekord.read(bytes(leaf.replace("0.0.2", "0.0.1"))));
        assertEquals(Optional.empty(), HashedRekord.read(bytes("{}")));
        assertEquals(Optional.empty(), HashedRekord.spki(bytes("{}")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
