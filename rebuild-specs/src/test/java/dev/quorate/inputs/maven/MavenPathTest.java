package dev.quorate.inputs.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.spec.Locator;
import dev.quorate.spec.RelativePath;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MavenPathTest {
    @ParameterizedTest
    @CsvSource({
        "pkg:maven/org.x/a@1.0?type=jar, org/x/a/1.0/a-1.0.jar",
        "pkg:maven/org.x/a@1.0?type=pom, org/x/a/1.0/a-1.0.pom",
        "pkg:maven/org.x.y/a-b@1.0-2?classifier=source-release&type=zip, org/x/y/a-b/1.0-2/a-b-1.0-2-source-release.zip",
        "pkg:maven/x/a@1?classifier=bin&type=tar.gz, x/a/1/a-1-bin.tar.gz"
    })
    void goesBothWays(String purl, String path) {
        assertEquals(
                path,
                MavenPath.of(((Locator.Package) Locator.parse(purl)).purl()).text());
        assertEquals(
                purl, MavenPath.locator(RelativePath.parse(path)).orElseThrow().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pkg:maven/..%2F..%2Fetc/a@1", "pkg:maven/org.x/a@..%2F..", "pkg:maven/x/..@1"})
    void refusesPackagesThatLeaveTheRepository(String purl) {
        assertThrows(
                IllegalArgumentException.class, () -> MavenPath.of(((Locator.Package) Locator.parse(purl)).purl()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.jar",
                "x/a/maven-metadata.xml",
                "org/x/a/1.0/b-1.0.jar",
                "org/x/a/1.0/a-1.0",
                "org/x/a/1/a-1-c"
            })
    void findsNoPackageInOtherPaths(String path) {
        assertTrue(MavenPath.locator(RelativePath.parse(path)).isEmpty());
    }
}
