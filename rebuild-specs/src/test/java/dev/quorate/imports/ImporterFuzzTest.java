package dev.quorate.imports;

import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.json.MalformedException;
import dev.quorate.json.YamlReader;
import dev.quorate.spec.RebuildSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;

class ImporterFuzzTest implements Fuzzed {
    @Override
    public List<Target> targets() {
        return List.of(
                target("buildinfo", "x.buildinfo", Records.DEBIAN),
                target("buildinfo-arch", ".BUILDINFO", Records.ARCH),
                target("buildspec", "x.buildspec", Records.CENTRAL),
                target("provenance", "x.json", Records.STATEMENT),
                target("provenance-signed", "x.json", Records.envelope(Records.STATEMENT)));
    }

    private static Target target(String name, String fileName, String seed) {
        return Target.of(name, bytes -> draft(fileName, bytes), seed.getBytes(StandardCharsets.UTF_8));
    }

    /** A draft is YAML, whatever the record holds. */
    private static void draft(String fileName, byte[] record) throws MalformedException {
        String yaml = Importer.of(fileName, record).spec();
        try {
            YamlReader.read(yaml.getBytes(StandardCharsets.UTF_8), RebuildSpec.MAX_BYTES, "draft");
        } catch (MalformedException e) {
            throw new AssertionError(yaml, e);
        }
    }
}
