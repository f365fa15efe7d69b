package dev.quorate.agent.rootfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quorate.json.MalformedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlStanzaTest {
    private static final String GOOD = "Package: hello\nVersion: 1:2.10-3\nArchitecture: amd64\n";

    @TempDir
    Path directory;

    @Test
    void fieldsAndContinuationLinesAreKept() throws Exception {
        ControlStanza stanza = ControlStanza.parse(GOOD + "Description: short\n long\n .\n longer\n", "a.deb");
        assertEquals("hello", stanza.packageName());
        assertEquals("1:2.10-3", stanza.version());
        assertEquals("short\n long\n .\n longer", stanza.fields().get("Description"));
    }

    @Test
    void aPackagesOwnWordsAboutItsFileAreDropped() throws Exception {
        ControlStanza stanza = ControlStanza.parse(GOOD + "Filename: ../../etc/shadow\nsize: 1\nSHA256: 00\n", "a.deb");
        assertFalse(stanza.fields().keySet().stream().anyMatch(name -> name.matches("(?i)filename|size|sha256")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Package: hello\n",
                "Package: hello\nVersion: 1\nArchitecture: amd64\n\nPackage: other\n",
                "Package: hello\nPackage: other\nVersion: 1\nArchitecture: amd64\n",
                "Package: a,b=1\nVersion: 1\nArchitecture: amd64\n",
                "Package: hello\nVersion: 1,evil\nArchitecture: amd64\n",
                " Package: hello\n"
            })
    void aStanzaThatIsNoneIsRefused(String text) {
        assertThrows(MalformedException.class, () -> ControlStanza.parse(text, "a.deb"));
    }

    @Test
    void aFileThatIsNoPackageIsRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("a.deb"), "!<arch>\nrubbish");
        assertThrows(MalformedException.class, () -> ControlStanza.of(file, "a.deb"));
    }
}
