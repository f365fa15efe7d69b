package dev.quorate.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import dev.quorate.spec.Locator;
import dev.quorate.spec.LockedFile;
import dev.quorate.spec.RelativePath;
import dev.quorate.spec.Specs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecFileTest {
    private static final String AUTHORS =
            "# why: because\n" + Specs.DEBIAN.yaml().replace("limits:", "\n# enough\nlimits:");

    @TempDir
    Path directory;

    @Test
    void keepsTheAuthorsTextAndAppendsTheLock() throws Exception {
        Path path = Files.writeString(directory.resolve("x.rebuild.yaml"), AUTHORS);
        var file = new SpecFile(path);
        var locked = file.read().withLock(pins());
        file.write(locked);
        assertTrue(Files.readString(path).startsWith(AUTHORS + "locked:\n  - {role: environment, path: "));
        assertEquals(locked, file.read());
        assertEquals(locked.digest(), file.read().digest());
    }

    @Test
    void replacesAnEarlierLockAndKeepsWhatFollowsIt() throws Exception {
        String text = AUTHORS.replace("name: debvm\n", "") + "locked:\n- {a: 1}\n  # old\n- b\n# mine\nname: debvm\n";
        Path path = Files.writeString(directory.resolve("x.yaml"), text);
        String written = SpecFile.withLock(Files.readString(path), pins());
        assertTrue(written.contains("# mine\nname: debvm\nlocked:\n"), written);
        assertTrue(!written.contains("{a: 1}") && !written.contains("# old"), written);
        assertEquals(written, SpecFile.withLock(written, pins()));
    }

    @Test
    void quotesWhatYamlWouldReadAsSomethingElse() throws Exception {
        Path path = Files.writeString(directory.resolve("x.yaml"), AUTHORS);
        var file = new SpecFile(path);
        List<LockedFile> odd = Stream.of(
                        "true", "1e5", "0x10", "null", "a: b", "a #b", "[x", "{y", "*z", "&w", "é\"'", "-")
                .map(name -> pin(name, "pkg:deb/debian/x@1"))
                .toList();
        file.write(file.read().withLock(odd));
        assertEquals(odd, file.read().locked().orElseThrow());
    }

    @Test
    void refusesAFileThatChangedMeanwhileAndLeavesIt() throws Exception {
        Path path = Files.writeString(directory.resolve("x.yaml"), AUTHORS);
        var locked = new SpecFile(path).read().withLock(pins());
        String changed = AUTHORS.replace("20m", "21m");
        Files.writeString(path, changed);
        var e = assertThrows(MalformedException.class, () -> new SpecFile(path).write(locked));
        assertTrue(e.getMessage().contains("was changed while it was being locked"), e.getMessage());
        assertEquals(changed, Files.readString(path));
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(path), files.toList());
        }
    }

    @Test
    void writesThroughALink() throws Exception {
        Path path = Files.writeString(directory.resolve("x.yaml"), AUTHORS);
        Path link = Files.createSymbolicLink(directory.resolve("link.yaml"), path);
        var file = new SpecFile(link);
        file.write(file.read().withLock(pins()));
        assertTrue(Files.isSymbolicLink(link));
        assertTrue(new SpecFile(path).read().isLocked());
    }

    private static List<LockedFile> pins() {
        return List.of(
                pin("bash_5.2.15-2+b2_amd64.deb", "pkg:deb/debian/bash@5.2.15-2%2Bb2?arch=amd64&distro=bookworm"),
                pin("debvm_0.2.10+deb12u1.dsc", "pkg:deb/debian/debvm@1?arch=source"));
    }

    private static LockedFile pin(String name, String from) {
        return new LockedFile(
                LockedFile.Role.ENVIRONMENT, RelativePath.parse(name), Locator.parse(from), 7, Sha256.of(name));
    }
}
