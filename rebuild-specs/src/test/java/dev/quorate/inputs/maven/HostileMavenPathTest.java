package dev.quorate.inputs.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.json.Mutations;
import dev.quorate.spec.Locator;
import dev.quorate.spec.RelativePath;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** No package URL names a file outside of the repository, and a path says only the package that has it. */
class HostileMavenPathTest {
    private static final Path REPOSITORY = Path.of("/repository");

    @Test
    void noPackageLeavesTheRepository() {
        var inside = new AtomicInteger();
        Mutations.of(
                        1,
                        24_000,
                        "pkg:maven/org.x.y/a-b@1.0-2?classifier=source-release&type=tar.gz",
                        "pkg:maven/x/a@1",
                        "pkg:maven/..%2F..%2Fetc/a@%2E%2E?type=../../x")
                .forEach(mutant -> {
                    try {
                        if (Locator.parse(mutant) instanceof Locator.Package locator) {
                            Path file = MavenPath.of(locator.purl()).below(REPOSITORY);
                            assertEquals(file, file.normalize(), mutant);
                            assertTrue(file.startsWith(REPOSITORY) && file.getNameCount() > 4, mutant);
                            inside.incrementAndGet();
                        }
                    } catch (IllegalArgumentException e) {
                        assertTrue(!e.getMessage().isEmpty(), mutant);
                    }
                });
        assertTrue(inside.get() > 1000, inside.toString());
    }

    @Test
    void aPathAndItsPackageAreOne() {
        var both = new AtomicInteger();
        Mutations.of(2, 12_000, "org/x/y/a-b/1.0-2/a-b-1.0-2-source-release.zip", "x/a/1/a-1.tar.gz", "x/a/1/a-1.jar")
                .flatMap(mutant -> path(mutant).stream())
                .forEach(path -> {
                    Optional<Locator.Package> locator = MavenPath.locator(path);
                    if (locator.isPresent()) {
                        assertEquals(path, MavenPath.of(locator.get().purl()), path.text());
                        var printed =
                                (Locator.Package) Locator.parse(locator.get().toString());
                        assertEquals(path, MavenPath.of(printed.purl()), path.text());
                        both.incrementAndGet();
                    }
                });
        assertTrue(both.get() > 500, both.toString());
    }

    private static Optional<RelativePath> path(String text) {
        try {
            return Optional.of(RelativePath.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
