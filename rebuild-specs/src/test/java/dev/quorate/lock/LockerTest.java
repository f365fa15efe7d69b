package dev.quorate.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.inputs.FileCache;
import dev.quorate.inputs.MachineInputs;
import dev.quorate.inputs.Tools;
import dev.quorate.inputs.apt.AptSource;
import dev.quorate.inputs.apt.FakeArchive;
import dev.quorate.inputs.maven.FakeMaven;
import dev.quorate.inputs.maven.MavenRepository;
import dev.quorate.inputs.web.GitSource;
import dev.quorate.inputs.web.WebSource;
import dev.quorate.spec.LockedFile;
import dev.quorate.spec.RebuildSpec;
import dev.quorate.spec.Specs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockerTest {
    private static final TrialBuild NONE = (spec, cache, mirror) -> {
        throw new LockException("no trial was expected");
    };

    @TempDir
    Path directory;

    private FileCache cache;
    private FakeArchive archive;
    private FakeMaven maven;

    @BeforeEach
    void fill() throws Exception {
        Tools.need("/usr/bin/apt-get");
        cache = new FileCache(directory.resolve("cache"));
        maven = new FakeMaven();
        archive = new FakeArchive(directory.resolve("archive"))
                .binary("base", "1", "Essential: yes", "Depends: usrmerge | usr-is-merged")
                .binary("usrmerge", "1", "Depends: heavy")
                .binary("usr-is-merged", "1")
                .binary("heavy", "1")
                .binary("build-essential", "1")
                .binary("fakeroot", "1")
                .binary("debhelper", "13", "Provides: debhelper-compat (= 13)")
                .binary("jdk", "17")
                .source("debvm", "0.2.10+deb12u1", "Build-Depends: debhelper-compat (= 13)");
    }

    @AfterEach
    void stop() {
        maven.close();
    }

    @Test
    void pinsTheClosureAndTheSourceOfADebianPackage() throws Exception {
        RebuildSpec locked = locker(NONE).lock(parse(Specs.DEBIAN.yaml()));
        assertEquals(
                List.of(
                        "base_1_all.deb",
                        "build-essential_1_all.deb",
                        "debhelper_13_all.deb",
                        "fakeroot_1_all.deb",
                        "usr-is-merged_1_all.deb"),
                names(locked, LockedFile.Role.ENVIRONMENT));
        assertEquals(List.of("debvm_0.2.10+deb12u1.dsc"), names(locked, LockedFile.Role.SOURCE));
        assertEquals(
                "pkg:deb/debian/base@1?arch=all&distro=bookworm",
                locked.locked().orElseThrow().getFirst().from().toString());
        for (LockedFile file : locked.locked().orElseThrow()) {
            assertTrue(cache.find(file.sha256()).isPresent(), file.toString());
        }
        assertEquals(locked.digest(), locker(NONE).lock(locked).digest());
    }

    @Test
    void saysWhichVersionTheArchiveDoesNotHave() throws Exception {
        var spec = parse(Specs.DEBIAN.yaml().replace("debvm@0.2.10%2Bdeb12u1", "debvm@0.2.9"));
        var e = assertThrows(LockException.class, () -> locker(NONE).lock(spec));
        assertTrue(e.getMessage().contains("bookworm has no source package debvm 0.2.9"), e.getMessage());
    }

    @Test
    void saysWhichPackageOfTheEnvironmentThereIsNot() throws Exception {
        var spec = parse(Specs.DEBIAN.yaml().replace("bookworm}", "bookworm, packages: [nonesuch]}"));
        var e = assertThrows(LockException.class, () -> locker(NONE).lock(spec));
        assertTrue(e.getMessage().contains("nonesuch"), e.getMessage());
    }

    @Test
    void pinsWhatATrialBuildAsksItsRepositoryFor() throws Exception {
        maven.with("org/example/thing/1.0/thing-1.0-source-release.zip", "source")
                .with("org/p/plugin/1/plugin-1.jar", "jar")
                .with("org/p/plugin/1/plugin-1.pom", "pom")
                .with("org/p/plugin/maven-metadata.xml", "metadata");
        TrialBuild trial = (spec, files, mirror) -> {
            assertTrue(spec.isLocked());
            assertEquals(200, get(mirror, "org/p/plugin/1/plugin-1.pom").statusCode());
            assertEquals("jar", get(mirror, "org/p/plugin/1/plugin-1.jar").body());
            assertEquals(
                    40, get(mirror, "org/p/plugin/1/plugin-1.jar.sha1").body().length());
            for (String absent : List.of(
                    "org/p/plugin/maven-metadata.xml",
                    "org/p/plugin/2/plugin-2.jar",
                    "org/p/plugin/1/plugin-1.jar.md5",
                    "..%2f..%2fetc/passwd",
                    "org/p/../../../x/1/x-1.jar",
                    "")) {
                assertEquals(404, get(mirror, absent).statusCode(), absent);
            }
        };
        RebuildSpec locked = locker(trial).lock(mavenSpec());
        assertEquals(
                List.of("org/p/plugin/1/plugin-1.jar", "org/p/plugin/1/plugin-1.pom"),
                names(locked, LockedFile.Role.REPOSITORY));
        assertEquals(List.of("thing-1.0-source-release.zip"), names(locked, LockedFile.Role.SOURCE));
        assertTrue(names(locked, LockedFile.Role.ENVIRONMENT).contains("jdk_17_all.deb"));
        assertEquals(
                1,
                maven.asked().stream()
                        .filter("org/p/plugin/1/plugin-1.jar"::equals)
                        .count());
    }

    @Test
    void failsWithItsTrialBuild() {
        maven.with("org/example/thing/1.0/thing-1.0-source-release.zip", "source");
        TrialBuild trial = (spec, files, mirror) -> {
            throw new LockException("mvn ended with status 1");
        };
        var e = assertThrows(LockException.class, () -> locker(trial).lock(mavenSpec()));
        assertEquals("mvn ended with status 1", e.getMessage());
    }

    private static RebuildSpec mavenSpec() throws Exception {
        String yaml = Specs.MAVEN.yaml();
        String one = yaml.substring(0, yaml.indexOf("  - git:")) + yaml.substring(yaml.indexOf("build:"));
        return parse(one.replace("arm64", "amd64")
                .replace("trixie", "bookworm")
                .replace("openjdk-25-jdk-headless, libstdc++6", "jdk"));
    }

    private Locker locker(TrialBuild trial) throws IOException {
        return new Locker(
                cache,
                new MachineInputs(
                        new AptSource(archive.machine(), directory.resolve("apt"), "amd64"),
                        new MavenRepository(maven.machine(directory)),
                        new WebSource(),
                        new GitSource(directory.resolve("git"))),
                trial);
    }

    private static HttpResponse<String> get(URI mirror, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(mirror + path)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static List<String> names(RebuildSpec spec, LockedFile.Role role) {
        return spec.locked(role).stream().map(file -> file.path().text()).toList();
    }

    private static RebuildSpec parse(String yaml) throws Exception {
        return RebuildSpec.parse(yaml.getBytes(StandardCharsets.UTF_8), "spec.yaml");
    }
}
