package dev.quorate.lock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Mutations;
import dev.quorate.spec.Locator;
import dev.quorate.spec.LockedFile;
import dev.quorate.spec.RebuildSpec;
import dev.quorate.spec.RelativePath;
import dev.quorate.spec.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever an author wrote, locking it gives the same spec with the lock, or leaves the file as it was. */
class HostileSpecFileTest {
    private static final List<LockedFile> PINS = List.of(new LockedFile(
            LockedFile.Role.ENVIRONMENT,
            RelativePath.parse("a.deb"),
            Locator.parse("pkg:deb/debian/a@1"),
            7,
            Sha256.of("a")));

    @TempDir
    Path directory;

    @Test
    void aMutatedSpecIsLockedAsItIsOrLeftAsItWas() throws Exception {
        String plain = Specs.DEBIAN.yaml();
        String locked = "# mine\n" + SpecFile.withLock(plain, PINS) + "# the end\n";
        Path path = directory.resolve("x.yaml");
        var file = new SpecFile(path);
        var written = new AtomicInteger();
        for (String mutant : Mutations.of(7, 600, plain, locked).toList()) {
            byte[] before = Mutations.bytes(mutant);
            Files.write(path, before);
            RebuildSpec spec;
            try {
                spec = file.read().withLock(PINS);
            } catch (MalformedException e) {
                assertTrue(e.getMessage().startsWith(path.toString()), e.getMessage());
                continue;
            }
            if (isWritten(file, spec)) {
                written.incrementAndGet();
                assertEquals(spec.digest(), file.read().digest(), mutant);
            } else {
                assertArrayEquals(before, Files.readAllBytes(path), mutant);
            }
        }
        assertTrue(written.get() > 20, written.toString());
    }

    private static boolean isWritten(SpecFile file, RebuildSpec spec) throws IOException {
        try {
            file.write(spec);
            return true;
        } catch (MalformedException e) {
            return false;
        }
    }
}
