package dev.quorate.deb822;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.json.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.List;

class ParagraphsFuzzTest implements Fuzzed {
    private static final String SEED = """
            -----BEGIN PGP SIGNED MESSAGE-----
            Hash: SHA512

            Package: a
            Depends: b,
             c (>= 1)
            Description: one
             two
             .
              three
            # a comment

            Package: d
            -----BEGIN PGP SIGNATURE-----
            abc
            -----END PGP SIGNATURE-----
            """;

    @Override
    public List<Target> targets() {
        return List.of(Target.of("deb822", ParagraphsFuzzTest::read, SEED.getBytes(StandardCharsets.UTF_8)));
    }

    /** Paragraphs that are written as they were read read as the same. */
    private static void read(byte[] bytes) throws MalformedException {
        List<Paragraph> paragraphs = Paragraphs.parse(new String(bytes, StandardCharsets.UTF_8), "fuzz");
        var text = new StringBuilder();
        for (Paragraph paragraph : paragraphs) {
            paragraph
                    .fields()
                    .forEach((name, value) -> text.append(name)
                            .append(": ")
                            .append(value.replace("\n\n", "\n.\n")
                                    .replace("\n\n", "\n.\n")
                                    .replace("\n", "\n "))
                            .append('\n'));
            text.append('\n');
        }
        List<Paragraph> again = Paragraphs.parse(text.toString(), "again");
        assertEquals(
                paragraphs.stream().map(Paragraph::fields).toList(),
                again.stream().map(Paragraph::fields).toList());
    }
}
