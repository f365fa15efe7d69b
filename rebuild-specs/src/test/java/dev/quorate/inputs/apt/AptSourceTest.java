package dev.quorate.inputs.apt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import dev.quorate.inputs.FileCache;
import dev.quorate.inputs.InputSource;
import dev.quorate.inputs.Tools;
import dev.quorate.spec.Locator;
import dev.quorate.spec.LockedFile;
import dev.quorate.spec.RelativePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AptSourceTest {
    @TempDir
    Path directory;

    private FileCache cache;
    private FakeArchive archive;

    @BeforeEach
    void fill() throws Exception {
        Tools.need("/usr/bin/apt-get");
        cache = new FileCache(directory.resolve("cache"));
        archive = new FakeArchive(directory.resolve("archive"))
                .binary("a", "1:1.0+x~1")
                .binary("b", "2")
                .source("s", "3");
    }

    @Test
    void fetchesBinariesAndSourcesByDigest() throws Exception {
        var source = new AptSource(archive.machine(), directory.resolve("apt"), "amd64");
        List<LockedFile> wanted = List.of(pin("a_1.deb", "a 1:1.0+x~1"), pin("s.dsc", "source of s"));
        assertEquals(List.of(), source.fetch(wanted, cache));
        for (LockedFile file : wanted) {
            assertTrue(cache.find(file.sha256()).isPresent(), file.path().text());
        }
        try (var left = Files.list(directory.resolve("apt/bookworm-amd64/downloads"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void saysWhereAVanishedFileWasLookedForAndStillFetchesTheOthers() throws Exception {
        AptMachine machine = archive.machine();
        archive.vanish("b_2_all.deb");
        var source = new AptSource(machine, directory.resolve("apt"), "amd64");
        List<InputSource.Miss> misses = source.fetch(
                List.of(pin("b_2_all.deb", "b 2"), pin("a.deb", "a 1:1.0+x~1"), pin("c_1.deb", "never there")), cache);
        assertEquals(
                List.of("b_2_all.deb", "c_1.deb"),
                misses.stream().map(miss -> miss.file().path().text()).toList());
        assertTrue(misses.getFirst().place().endsWith("pool/main/b_2_all.deb"), misses.toString());
        assertTrue(misses.getLast().reason().contains("no file of this digest"), misses.toString());
        assertTrue(cache.find(Sha256.of("a 1:1.0+x~1")).isPresent());
    }

    @Test
    void readsTheIndicesAgainWhenAPinIsNotInThem() throws Exception {
        AptMachine machine = archive.machine();
        new AptSource(machine, directory.resolve("apt"), "amd64").fetch(List.of(pin("b_2_all.deb", "b 2")), cache);
        archive.binary("late", "1").machine();
        var later = new AptSource(machine, directory.resolve("apt"), "amd64");
        assertEquals(List.of(), later.fetch(List.of(pin("late.deb", "late 1")), cache));
    }

    @Test
    void keepsNothingThatTheMirrorChanged() throws Exception {
        AptMachine machine = archive.machine();
        Files.writeString(directory.resolve("archive/pool/main/b_2_all.deb"), "b 3");
        var source = new AptSource(machine, directory.resolve("apt"), "amd64");
        assertEquals(1, source.fetch(List.of(pin("b_2_all.deb", "b 2")), cache).size());
        assertTrue(cache.find(Sha256.of("b 2")).isEmpty());
        assertTrue(cache.find(Sha256.of("b 3")).isEmpty());
    }

    @Test
    void solvesAClosureOverAnEmptySystem() throws Exception {
        archive.binary("base", "1", "Essential: yes", "Pre-Depends: libbase")
                .binary("libbase", "1", "Recommends: extra")
                .binary("extra", "1")
                .binary("tool", "2:7-1", "Depends: base | other")
                .binary("check", "1");
        var source = new AptSource(archive.machine(), directory.resolve("apt"), "amd64");
        AptArchive bookworm = source.archive("bookworm");
        assertEquals(List.of("base"), bookworm.essential());
        List<String> relations = List.of("base, tool (>= 1:1) [amd64], foreign [arm64], check <!nocheck>");
        assertEquals(
                List.of("base 1", "libbase 1", "tool 2:7-1"),
                bookworm.closure(relations, List.of("extra"), List.of("nocheck")).stream()
                        .map(found -> found.name() + " " + found.version())
                        .toList());
        assertEquals(4, bookworm.closure(relations, List.of(), List.of()).size());
        var e = assertThrows(
                AptUnusableException.class,
                () -> bookworm.closure(List.of("base", "tool (>= 3:0)"), List.of(), List.of()));
        assertTrue(e.getMessage().contains("tool"), e.getMessage());
    }

    private static LockedFile pin(String name, String content) {
        return new LockedFile(
                LockedFile.Role.ENVIRONMENT,
                RelativePath.parse(name),
                Locator.parse("pkg:deb/debian/x@1?arch=all&distro=bookworm"),
                content.length(),
                Sha256.of(content));
    }
}
