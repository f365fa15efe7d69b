package dev.quorate.deb822;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.json.MalformedException;
import dev.quorate.json.Mutations;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whatever a control file holds, it is paragraphs or refused. */
class HostileParagraphsTest {
    private static final String SIGNED = """
            -----BEGIN PGP SIGNED MESSAGE-----
            Hash: SHA512

            Source: a
            Files:
             00 1 a.dsc
             .
             01 2 a.tar
            # comment
            Version: 1

            Package: b
            -----BEGIN PGP SIGNATURE-----
            abc=
            -----END PGP SIGNATURE-----
            """;

    @Test
    void aMutatedFileIsParagraphsOrRefused() {
        var read = new AtomicInteger();
        var refused = new AtomicInteger();
        Mutations.of(822, 8000, SIGNED, SIGNED.replace("\n", "\r\n"), "A: 1\nB: 2\n\n\nA: 3\n")
                .forEach(mutant -> {
                    try {
                        Paragraphs.parse(mutant, "t").forEach(paragraph -> isWhole(paragraph, mutant));
                        read.incrementAndGet();
                    } catch (MalformedException e) {
                        assertTrue(e.getMessage().matches("t:[0-9]+: [a-z ]+"), e.getMessage());
                        refused.incrementAndGet();
                    }
                });
        assertTrue(read.get() > 500 && refused.get() > 500, read + " read, " + refused + " refused");
    }

    @Test
    void aParagraphWrittenOutIsReadAgain() throws MalformedException {
        List<String> mutants = Mutations.of(823, 4000, "one\ntwo words\n\nlast").toList();
        for (String mutant : mutants) {
            // A lone return ends a line for the reader, too.
            List<String> lines =
                    mutant.strip().lines().map(String::stripTrailing).toList();
            if (lines.isEmpty() || lines.contains(".")) {
                continue;
            }
            var text = new StringBuilder("Name: " + lines.getFirst() + "\n");
            lines.stream()
                    .skip(1)
                    .forEach(line ->
                            text.append(line.isEmpty() ? " ." : " " + line).append('\n'));
            assertEquals(
                    String.join("\n", lines).strip(),
                    Paragraphs.parse(text.toString(), "t").getFirst().text("name"),
                    mutant);
        }
    }

    private static void isWhole(Paragraph paragraph, String mutant) {
        assertTrue(!paragraph.fields().isEmpty(), mutant);
        paragraph.fields().forEach((name, value) -> {
            assertTrue(!name.isEmpty() && name.indexOf('\n') < 0 && name.indexOf(':') < 0, mutant);
            assertEquals(value.strip(), value, mutant);
        });
    }
}
