package dev.quorate.inputs.apt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quorate.deb822.Paragraphs;
import dev.quorate.json.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AptIndexTest {
    private static ArchivePackage read(String size) throws MalformedException {
        String text = "Package: a\nVersion: 1\nArchitecture: all\nFilename: pool/a.deb\nSize: " + size + "\nSHA256: "
                + "a".repeat(64) + "\n";
        return AptIndex.binary(Paragraphs.parse(text, "index").getFirst(), "http://m.example/");
    }

    @Test
    void aSizeIsANumberOfBytes() throws Exception {
        assertEquals(53084, read("53084").files().getFirst().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "+1", "1\u001b[2J", "", "٣", "99999999999999999999"})
    void anythingElseIsRefusedInWordsThatCanBeShown(String size) {
        var refused = assertThrows(MalformedException.class, () -> read(size));
        assertEquals("apt's index of http://m.example/: a size is a number of bytes", refused.getMessage());
    }
}
