package dev.quorate.inputs.apt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineSourcesTest {
    @TempDir
    Path etc;

    @Test
    void asksTheMachinesMirrorsForTheSpecsSuite() throws Exception {
        write("sources.list.d/debian.sources", """
                # mirrors of this machine
                Types: deb
                URIs: http://mirror.example/debian
                Suites: trixie trixie-updates
                Components: main contrib
                Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

                Types: deb
                URIs: http://mirror.example/security
                Suites: trixie-security
                Components: main
                Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

                Types: deb
                URIs: http://other.example/tool
                Suites: trixie
                Components: main
                """);
        assertEquals("""
                Types: deb deb-src
                URIs: http://mirror.example/debian
                Suites: bookworm bookworm-updates
                Components: main contrib
                Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

                Types: deb deb-src
                URIs: http://mirror.example/security
                Suites: bookworm-security
                Components: main
                Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
                """, sources("bookworm"));
    }

    @Test
    void aLineOfManyComponentsIsRead() throws Exception {
        write("sources.list", "deb http://m.example/debian trixie" + " c".repeat(100_000) + " main");
        assertTrue(sources("bookworm").contains("URIs: http://m.example/debian"));
    }

    @Test
    void readsOneLineLists() throws Exception {
        write("sources.list", """
                # deb http://commented.example/debian trixie main
                deb [arch=amd64 signed-by=/k.gpg] http://m.example/debian trixie main # comment
                deb-src http://m.example/debian trixie main
                deb http://m.example/debian-security trixie-security main
                deb cdrom:[Debian]/ trixie main nonsense
                """);
        String sources = sources("bookworm");
        assertTrue(
                sources.contains("URIs: http://m.example/debian\nSuites: bookworm\nComponents: main\nSigned-By: /k"));
        assertTrue(sources.contains("URIs: http://m.example/debian-security\nSuites: bookworm-security\n"));
        assertTrue(!sources.contains("commented"));
    }

    @Test
    void keepsAKeyThatStandsInTheEntryAndSkipsWhatIsOff() throws Exception {
        write("sources.list.d/a.sources", """
                Types: deb
                URIs: http://a.example/debian
                Suites: trixie
                Components: main
                Signed-By:
                 -----BEGIN PGP PUBLIC KEY BLOCK-----
                 .
                 abcd
                 -----END PGP PUBLIC KEY BLOCK-----

                Enabled: no
                Types: deb
                URIs: http://off.example/debian
                Suites: trixie
                Components: main
                """);
        assertEquals("""
                Types: deb deb-src
                URIs: http://a.example/debian
                Suites: sid
                Components: main
                Signed-By: -----BEGIN PGP PUBLIC KEY BLOCK-----
                 .
                 abcd
                 -----END PGP PUBLIC KEY BLOCK-----
                """, sources("sid"));
    }

    @Test
    void saysWhatToDoWithoutAMirror() {
        var e = assertThrows(AptUnusableException.class, () -> sources("bookworm"));
        assertTrue(e.getMessage().contains("no mirror that serves trixie"), e.getMessage());
    }

    private String sources(String suite) throws IOException, AptUnusableException {
        return MachineSources.read(etc).forSuite(suite, List.of("trixie"));
    }

    private void write(String name, String text) throws IOException {
        Path file = etc.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
