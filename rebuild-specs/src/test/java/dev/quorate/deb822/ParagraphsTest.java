package dev.quorate.deb822;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quorate.json.MalformedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParagraphsTest {
    @Test
    void readsFieldsContinuationsAndComments() throws Exception {
        List<Paragraph> all = Paragraphs.parse(
                "\n\n# c\nPackage: a\nDescription: one\n two\n .\n  three\n# c\nLast:\n\n \nPackage: b\n", "t");
        assertEquals(2, all.size());
        assertEquals("one\ntwo\n\n three", all.getFirst().text("description"));
        assertEquals("", all.getFirst().text("Last"));
        assertEquals(List.of("b"), all.getLast().words("Package"));
    }

    @Test
    void readsThroughASignature() throws Exception {
        List<Paragraph> all = Paragraphs.parse(
                "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nSource: x\n\n-----BEGIN PGP SIGNATURE-----\n\nabc="
                        + "\n-----END PGP SIGNATURE-----\n",
                "t");
        assertEquals(1, all.size());
        assertEquals("x", all.getFirst().text("Source"));
    }

    @ParameterizedTest
    @ValueSource(strings = {" continued", "no colon", ": no name", "A: 1\na: 2", "A: 1\nrubbish"})
    void refuses(String text) {
        assertThrows(MalformedException.class, () -> Paragraphs.parse(text, "t"));
    }

    @Test
    void boundsAParagraph() {
        String line = " " + "x".repeat(1000) + "\n";
        assertThrows(MalformedException.class, () -> Paragraphs.parse("A:\n" + line.repeat(5000), "t"));
    }
}
