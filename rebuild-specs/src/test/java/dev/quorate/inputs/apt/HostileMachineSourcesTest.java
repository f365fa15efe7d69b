package dev.quorate.inputs.apt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.deb822.Paragraph;
import dev.quorate.deb822.Paragraphs;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the machine's sources hold, what is made of them for apt has just the fields that were meant. */
class HostileMachineSourcesTest {
    private static final Set<String> FIELDS = Set.of("Types", "URIs", "Suites", "Components", "Signed-By", "Trusted");
    private static final String LIST = """
            # deb http://c.example/debian trixie main
            deb [arch=amd64 signed-by=/k.gpg trusted=yes] http://m.example/debian trixie main contrib
            deb http://m.example/debian-security trixie-security main
            """;
    private static final String DEB822 = """
            Types: deb
            URIs: http://mirror.example/debian
            Suites: trixie trixie-updates
            Components: main contrib
            Signed-By:
             -----BEGIN PGP PUBLIC KEY BLOCK-----
             .
             abcd
             -----END PGP PUBLIC KEY BLOCK-----
            """;

    @TempDir
    Path etc;

    @Test
    void aMutatedListMakesJustItsFieldsOrIsRefused() throws Exception {
        makesJustItsFields("sources.list", 1, LIST);
    }

    @Test
    void aMutatedFileOfSourcesMakesJustItsFieldsOrIsRefused() throws Exception {
        makesJustItsFields("sources.list.d/debian.sources", 2, DEB822);
    }

    private void makesJustItsFields(String name, int seed, String text) throws IOException {
        Path file = etc.resolve(name);
        Files.createDirectories(file.getParent());
        var made = new AtomicInteger();
        for (String mutant : Mutations.of(seed, 1000, text).toList()) {
            Files.write(file, Mutations.bytes(mutant));
            try {
                String sources = MachineSources.read(etc).forSuite("bookworm", List.of("trixie"));
                for (Paragraph paragraph : Paragraphs.parse(sources, "made")) {
                    assertTrue(FIELDS.containsAll(paragraph.fields().keySet()), mutant + "\n=>\n" + sources);
                    assertEquals("deb deb-src", paragraph.text("Types"), sources);
                    assertTrue(
                            paragraph.words("Suites").stream().allMatch(suite -> suite.startsWith("bookworm")),
                            sources);
                }
                made.incrementAndGet();
            } catch (AptUnusableException e) {
                assertTrue(
                        e.getMessage().startsWith("apt's sources")
                                || e.getMessage().startsWith(file.toString()),
                        mutant);
            } catch (MalformedException e) {
                throw new AssertionError(mutant, e);
            }
        }
        assertTrue(made.get() > 100, made.toString());
    }
}
