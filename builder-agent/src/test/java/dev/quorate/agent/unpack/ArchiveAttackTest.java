package dev.quorate.agent.unpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.json.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveAttackTest {
    private static final Instant TIME = Instant.parse("2020-02-02T02:02:02Z");
    private static final long MIB = 1 << 20;

    @TempDir
    Path directory;

    private interface Entries {
        void write(TarArchiveOutputStream tar) throws IOException;
    }

    @Test
    void aGoodTarKeepsContentExecutableBitTimeAndLink() throws Exception {
        Path out = unpack(tar -> {
            add(tar, "top/", 040700, "");
            add(tar, "top/bin/run", 0700, "run");
            link(tar, "top/current", "bin/run", TarConstants.LF_SYMLINK);
        });
        Path run = out.resolve("bin/run");
        assertEquals("run", Files.readString(run));
        assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(run)));
        assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve("bin"))));
        assertEquals(FileTime.from(TIME), Files.getLastModifiedTime(run));
        assertEquals("bin/run", Files.readSymbolicLink(out.resolve("current")).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"top/../../escape", "/top/escape", "top/./x", "top//x", "../top/x", "top/a\nb", "top/a\\..\\b"})
    void aPathThatCouldLeaveIsRefused(String name) {
        refused("leave", tar -> add(tar, name, 0644, "x"));
    }

    @Test
    void aFileThroughALinkIsRefused() {
        refused("which is no directory", tar -> {
            link(tar, "top/dir", "sub", TarConstants.LF_SYMLINK);
            add(tar, "top/dir/file", 0644, "x");
        });
    }

    @Test
    void aLinkInThePlaceOfADirectoryIsRefused() {
        refused("there twice", tar -> {
            add(tar, "top/dir/file", 0644, "x");
            link(tar, "top/dir", "sub", TarConstants.LF_SYMLINK);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../../outside", "a/../../../b"})
    void aLinkOutOfTheArchiveIsRefused(String target) {
        refused("outside of the archive", tar -> link(tar, "top/link", target, TarConstants.LF_SYMLINK));
    }

    @Test
    void aPathThatIsThereTwiceIsRefused() {
        refused("there twice", tar -> {
            add(tar, "top/file", 0644, "x");
            add(tar, "top/file", 0644, "y");
        });
    }

    @ParameterizedTest
    @ValueSource(bytes = {TarConstants.LF_LINK, TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO})
    void hardLinksDevicesAndPipesAreRefused(byte type) {
        refused("hard link, a device", tar -> link(tar, "top/thing", "top/other", type));
    }

    @Test
    void aSecondTopDirectoryIsRefused() {
        refused("only directory", tar -> {
            add(tar, "top/file", 0644, "x");
            add(tar, "other/file", 0644, "x");
        });
    }

    @Test
    void aBombStopsAtTheLimit() throws Exception {
        Path archive = directory.resolve("bomb.tar.gz");
        try (var tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(Files.newOutputStream(archive)))) {
            var entry = new TarArchiveEntry("top/zeros");
            entry.setSize(64 * MIB);
            tar.putArchiveEntry(entry);
            InputStream.nullInputStream().transferTo(tar);
            for (int i = 0; i < 64; i++) {
                tar.write(new byte[(int) MIB]);
            }
            tar.closeArchiveEntry();
        }
        assertTrue(Files.size(archive) < MIB);
        Path out = directory.resolve("out");
        var e = assertThrows(
                MalformedException.class, () -> Archive.unpack(archive, "bomb.tar.gz", out, Archive.Top.STRIP, MIB));
        assertTrue(e.getMessage().contains("disk limit"), e.getMessage());
        assertTrue(Files.size(out.resolve("zeros")) <= MIB);
    }

    @Test
    void aCutOffArchiveIsRefused() throws Exception {
        Path archive = tar(tar -> add(tar, "top/file", 0644, "x".repeat(100_000)));
        byte[] bytes = Files.readAllBytes(archive);
        Files.write(archive, java.util.Arrays.copyOf(bytes, 50_000));
        assertThrows(MalformedException.class, () -> unpack(archive, directory.resolve("out")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.tar", "a.tar.gz", "a.tar.xz", "a.tar.zst", "a.tar.bz2", "a.zip"})
    void rubbishOfEveryKindIsRefused(String name) throws Exception {
        Path archive = Files.writeString(directory.resolve(name), "rubbish ".repeat(400));
        assertThrows(
                MalformedException.class,
                () -> Archive.unpack(archive, name, directory.resolve("out"), Archive.Top.KEEP, MIB));
    }

    @Test
    void aHugeTimeInAPaxHeaderIsRefusedSoonOrIgnored() throws Exception {
        Path archive = directory.resolve("pax.tar");
        try (var tar = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
            var header = new TarArchiveEntry("top/header", TarConstants.LF_PAX_EXTENDED_HEADER_LC);
            String record = " mtime=" + "9".repeat(300_000) + "\n";
            byte[] content = ((record.length() + 6) + record).getBytes(StandardCharsets.UTF_8);
            header.setSize(content.length);
            tar.putArchiveEntry(header);
            tar.write(content);
            tar.closeArchiveEntry();
            add(tar, "top/file", 0644, "x");
        }
        assertThrows(MalformedException.class, () -> unpack(archive, directory.resolve("out")));
    }

    @Test
    void aZipEntryThatCouldLeaveIsRefused() throws Exception {
        Path archive = zip(zip -> zip.accept("../escape"));
        assertThrows(
                MalformedException.class,
                () -> Archive.unpack(archive, "a.zip", directory.resolve("out"), Archive.Top.KEEP, MIB));
        assertFalse(Files.exists(directory.resolve("escape")));
    }

    @Test
    void aGoodZipIsUnpackedWithoutItsTopDirectory() throws Exception {
        Path archive = zip(zip -> zip.accept("top/a/file"));
        Path out = directory.resolve("out");
        Archive.unpack(archive, "a.zip", out, Archive.Top.STRIP, MIB);
        assertEquals("top/a/file", Files.readString(out.resolve("a/file")));
    }

    private void refused(String why, Entries entries) {
        var e = assertThrows(MalformedException.class, () -> unpack(entries));
        assertTrue(e.getMessage().contains(why), e.getMessage());
        assertFalse(Files.exists(directory.resolve("escape")));
    }

    private Path unpack(Entries entries) throws IOException, MalformedException {
        return unpack(tar(entries), directory.resolve("out"));
    }

    private static Path unpack(Path archive, Path out) throws IOException, MalformedException {
        Archive.unpack(archive, "a.tar", out, Archive.Top.STRIP, MIB);
        return out;
    }

    private Path tar(Entries entries) throws IOException {
        Path archive = directory.resolve("a.tar");
        try (var tar = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
            entries.write(tar);
        }
        return archive;
    }

    private Path zip(Consumer<Consumer<String>> entries) throws IOException {
        Path archive = directory.resolve("a.zip");
        try (var zip = new ZipArchiveOutputStream(archive)) {
            entries.accept(name -> {
                try {
                    zip.putArchiveEntry(new ZipArchiveEntry(name));
                    zip.write(name.getBytes(StandardCharsets.UTF_8));
                    zip.closeArchiveEntry();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
        }
        return archive;
    }

    private static void add(TarArchiveOutputStream tar, String name, int mode, String text) throws IOException {
        var entry = new TarArchiveEntry(name, true);
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        entry.setMode(mode);
        entry.setModTime(FileTime.from(TIME));
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        ((OutputStream) tar).write(content);
        tar.closeArchiveEntry();
    }

    private static void link(TarArchiveOutputStream tar, String name, String target, byte type) throws IOException {
        var entry = new TarArchiveEntry(name, type);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }
}
