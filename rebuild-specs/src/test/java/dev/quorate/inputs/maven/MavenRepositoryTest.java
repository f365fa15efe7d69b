package dev.quorate.inputs.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import dev.quorate.inputs.FileCache;
import dev.quorate.inputs.InputSource;
import dev.quorate.spec.Locator;
import dev.quorate.spec.LockedFile;
import dev.quorate.spec.RelativePath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenRepositoryTest {
    @TempDir
    Path directory;

    @Test
    void fetchesManyByTheirPinsAndReportsTheRest() throws Exception {
        try (var server = new FakeMaven()) {
            List<LockedFile> wanted = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                String path = "org/x/a/" + i + "/a-" + i + ".jar";
                server.with(path, "jar " + i);
                wanted.add(pin(LockedFile.Role.REPOSITORY, path, "pkg:maven/org.x/a@" + i, "jar " + i));
            }
            server.with("org/x/z/1/z-1-bin.tar.gz", "archive").with("org/x/f/1/f-1.jar", "forged");
            wanted.add(pin(
                    LockedFile.Role.SOURCE, "z.tar.gz", "pkg:maven/org.x/z@1?classifier=bin&type=tar.gz", "archive"));
            wanted.add(pin(LockedFile.Role.SOURCE, "f-1.jar", "pkg:maven/org.x/f@1", "honest"));
            wanted.add(pin(LockedFile.Role.SOURCE, "gone-1.jar", "pkg:maven/org.x/gone@1", "gone"));
            wanted.add(pin(LockedFile.Role.ENVIRONMENT, "b.deb", "pkg:deb/debian/b@1", "not ours"));

            var cache = new FileCache(directory.resolve("cache"));
            List<InputSource.Miss> misses = new MavenRepository(server.machine(directory)).fetch(wanted, cache);
            assertEquals(
                    List.of("f-1.jar", "gone-1.jar"),
                    misses.stream().map(miss -> miss.file().path().text()).toList());
            assertTrue(misses.getFirst().reason().contains("should have SHA-256"), misses.toString());
            assertEquals("the server answered 404", misses.getLast().reason());
            assertEquals(
                    server.uri() + "org/x/gone/1/gone-1.jar", misses.getLast().place());
            wanted.subList(0, 51)
                    .forEach(file -> assertTrue(cache.find(file.sha256()).isPresent()));
        }
    }

    @Test
    void addsWhatIsThereAndNothingElse() throws Exception {
        try (var server = new FakeMaven()) {
            server.with("org/x/a+b/1/a+b-1.jar", "plus");
            var repository = new MavenRepository(server.machine(directory));
            var cache = new FileCache(directory.resolve("cache"));
            assertEquals(
                    Sha256.of("plus"),
                    repository
                            .add(RelativePath.parse("org/x/a+b/1/a+b-1.jar"), cache)
                            .orElseThrow()
                            .sha256());
            assertTrue(repository
                    .add(RelativePath.parse("org/x/n/1/n-1.jar"), cache)
                    .isEmpty());
        }
    }

    private static LockedFile pin(LockedFile.Role role, String path, String from, String content) {
        return new LockedFile(
                role, RelativePath.parse(path), Locator.parse(from), content.length(), Sha256.of(content));
    }
}
