package dev.quorate.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.json.MalformedException;
import dev.quorate.json.Mutations;
import dev.quorate.json.YamlReader;
import dev.quorate.spec.RebuildSpec;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a record holds, its draft is a mapping of just the names that a draft has, or the record is refused. */
class HostileRecordsTest {
    private static final Set<String> NAMES =
            Set.of("format", "name", "version", "platform", "environment", "sources", "build", "outputs", "limits");

    @ParameterizedTest
    @CsvSource({"x.buildinfo, 1", ".BUILDINFO, 2", "x.buildspec, 3", "x.json, 4"})
    void aMutatedRecordIsADraftOrRefused(String name, int seed) {
        String record = switch (seed) {
            case 1 -> Records.DEBIAN;
            case 2 -> Records.ARCH;
            case 3 -> Records.CENTRAL;
            default -> Records.STATEMENT;
        };
        var drafts = new AtomicInteger();
        var refused = new AtomicInteger();
        Mutations.of(seed, 4000, record).forEach(mutant -> {
            if (isDraft(name, Mutations.bytes(mutant))) {
                drafts.incrementAndGet();
            } else {
                refused.incrementAndGet();
            }
        });
        // Both ends are reached, so neither is true for nothing.
        assertTrue(drafts.get() > 100 && refused.get() > 100, drafts + " drafts, " + refused + " refused");
    }

    @Test
    void aMutatedEnvelopeIsADraftOrRefused() {
        var drafts = new AtomicInteger();
        Mutations.of(5, 1000, Records.envelope(Records.STATEMENT)).forEach(mutant -> {
            if (isDraft("x", Mutations.bytes(mutant))) {
                drafts.incrementAndGet();
            }
        });
        Mutations.of(6, 1000, Records.STATEMENT)
                .forEach(mutant -> isDraft("x", Mutations.bytes(Records.envelope(mutant))));
        assertTrue(drafts.get() > 10, drafts + " drafts");
    }

    @Test
    void theSizeOfADraftIsBounded() throws MalformedException {
        String record = Records.ARCH + "installed = x\n".repeat(30_000);
        String yaml = Importer.of("x", record.getBytes(StandardCharsets.UTF_8)).spec();
        assertTrue(yaml.length() < 1 << 20, yaml.length() + " characters");
        // Each name doubles the one before it: without a bound this would be a terabyte.
        var doubling = new StringBuilder("a0='0123456789abcdef'\n");
        for (int i = 1; i < 40; i++) {
            doubling.append("a%d=\"${a%d}${a%d}\"\n".formatted(i, i - 1, i - 1));
        }
        assertTrue(!isDraft("x.buildspec", (doubling + Records.CENTRAL).getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean isDraft(String name, byte[] record) {
        String yaml;
        try {
            yaml = Importer.of(name, record).spec();
        } catch (MalformedException e) {
            assertTrue(e.getMessage().chars().noneMatch(c -> c < ' ' || c == 0x7f), e.getMessage());
            return false;
        }
        try {
            var fields = YamlReader.read(yaml.getBytes(StandardCharsets.UTF_8), RebuildSpec.MAX_BYTES, "draft");
            assertEquals(NAMES, Set.copyOf(fields.names()), yaml);
            assertTrue(yaml.codePoints().noneMatch(c -> c != '\n' && c < ' ' || c == 0x7f), yaml);
        } catch (MalformedException e) {
            throw new AssertionError(yaml, e);
        }
        return true;
    }
}
