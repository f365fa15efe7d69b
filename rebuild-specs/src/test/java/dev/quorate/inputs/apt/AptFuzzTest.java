package dev.quorate.inputs.apt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quorate.deb822.Paragraph;
import dev.quorate.deb822.Paragraphs;
import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.json.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.List;

class AptFuzzTest implements Fuzzed {
    private static final String REPOSITORY = "http://mirror.example/debian/";
    private static final String BINARY = """
            Package: hello
            Version: 2.10-3
            Architecture: amd64
            Filename: pool/main/h/hello/hello_2.10-3_amd64.deb
            Size: 53084
            SHA256: %s
            """.formatted("a".repeat(64));
    private static final String SOURCE = """
            Package: hello
            Version: 2.10-3
            Build-Depends: debhelper-compat (= 13),
             gcc
            Directory: pool/main/h/hello
            Checksums-Sha256:
             %s 1183 hello_2.10-3.dsc
             %s 725946 hello_2.10.orig.tar.gz
            """.formatted("a".repeat(64), "b".repeat(64));

    @Override
    public List<Target> targets() {
        return List.of(
                Target.of("apt-packages", AptFuzzTest::packages, ascii(BINARY)),
                Target.of("apt-sources", AptFuzzTest::sources, ascii(SOURCE)),
                Target.of(
                        "apt-source-line",
                        AptFuzzTest::line,
                        ascii(
                                "deb [arch=amd64 signed-by=/k.gpg trusted=yes] http://m.example/debian trixie main contrib")));
    }

    private static void packages(byte[] bytes) throws MalformedException {
        for (Paragraph paragraph : Paragraphs.parse(text(bytes), "fuzz")) {
            AptIndex.binary(paragraph, REPOSITORY);
        }
    }

    private static void sources(byte[] bytes) throws MalformedException {
        for (Paragraph paragraph : Paragraphs.parse(text(bytes), "fuzz")) {
            AptIndex.source(paragraph, REPOSITORY);
        }
    }

    /** A line becomes one paragraph of just the fields that are meant. */
    private static void line(byte[] bytes) throws MalformedException {
        for (String line : text(bytes).lines().toList()) {
            for (SourceEntry entry : SourceEntry.ofLine(line)) {
                List<Paragraph> made = Paragraphs.parse(entry.withSuites(List.of("bookworm")), "made");
                assertEquals(1, made.size());
                assertEquals("bookworm", made.getFirst().text("Suites"));
                assertEquals(
                        4 + entry.options().size(), made.getFirst().fields().size());
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
