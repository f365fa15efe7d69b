package dev.quorate.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quorate.digest.Sha256;
import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.MalformedException;
import dev.quorate.quantity.ByteCount;
import dev.quorate.quantity.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

class SpecFuzzTest implements Fuzzed {
    @Override
    public List<Target> targets() throws IOException {
        return List.of(
                Target.of("spec", SpecFuzzTest::spec, examples()),
                Target.text(
                        "locator",
                        Locator::parse,
                        "pkg:deb/debian/hello@2.10-3?arch=source",
                        "git+https://git.example/x.git#0123456789abcdef0123456789abcdef01234567",
                        "https://files.example/a%20b.tar.gz"),
                Target.text("relative-path", RelativePath::parse, "a/b-c/d.e"),
                Target.text("release", Release::parse, "hello@2.10-3"),
                Target.text("platform", Platform::parse, "linux/amd64"),
                Target.text("sha256", Sha256::parse, "a".repeat(64)),
                Target.text("spec-digest", SpecDigest::parse, "sha256:" + "a".repeat(64)),
                Target.text("byte-count", ByteCount::parse, "16GiB", "1KiB"),
                Target.text("span", Span::parse, "90m", "7d"));
    }

    private static List<byte[]> examples() throws IOException {
        List<byte[]> specs = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("../examples"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".rebuild.yaml"))
                    .sorted()
                    .toList()) {
                // Locks of a thousand files would hide all else.
                String text = Files.readString(file);
                int locked = text.indexOf("\nlocked:");
                int end = locked < 0 ? text.length() : Math.min(text.length(), text.indexOf("\n  - ", locked + 200));
                specs.add(text.substring(0, end + (end < text.length() ? 1 : 0)).getBytes(StandardCharsets.UTF_8));
            }
        }
        return specs;
    }

    /** A spec is its canonical JSON. */
    private static void spec(byte[] bytes) throws MalformedException {
        RebuildSpec spec = RebuildSpec.parse(bytes, "fuzz");
        RebuildSpec again = RebuildSpec.read(Fields.of(spec.json(), "again"));
        assertEquals(spec, again);
        assertEquals(CanonicalJson.write(spec.json()), CanonicalJson.write(again.json()));
    }
}
