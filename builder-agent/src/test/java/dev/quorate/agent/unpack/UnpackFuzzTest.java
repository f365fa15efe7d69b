package dev.quorate.agent.unpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;

/** Strangers' archives: unpacked below their directory, or refused. */
class UnpackFuzzTest implements Fuzzed {
    private static final long ROOM = 1 << 20;
    private static final String BESIDE = "beside";

    private interface Compression {
        OutputStream of(OutputStream out) throws IOException;
    }

    @Override
    public List<Target> targets() throws IOException {
        return List.of(
                target("tar", "x.tar", tar()),
                target("zip", "x.zip", zip()),
                target("tar-gz", "x.tar.gz", compressed(GZIPOutputStream::new)),
                target("tar-xz", "x.tar.xz", compressed(XZCompressorOutputStream::new)),
                target("tar-zst", "x.tar.zst", compressed(ZstdCompressorOutputStream::new)));
    }

    private static Target target(String name, String file, byte[] seed) {
        return Target.of("archive-" + name, bytes -> unpack(bytes, file), seed).costly();
    }

    private static byte[] compressed(Compression compression) throws IOException {
        var out = new ByteArrayOutputStream();
        try (OutputStream compressing = compression.of(out)) {
            compressing.write(tar());
        }
        return out.toByteArray();
    }

    private static byte[] tar() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(out)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            for (String name : List.of("a/b", "a/" + "long".repeat(40))) {
                var file = new TarArchiveEntry(name);
                file.setSize(1);
                file.setModTime(0);
                tar.putArchiveEntry(file);
                tar.write('x');
                tar.closeArchiveEntry();
            }
            var symlink = new TarArchiveEntry("a/c", TarConstants.LF_SYMLINK);
            symlink.setLinkName("b");
            symlink.setModTime(0);
            tar.putArchiveEntry(symlink);
            tar.closeArchiveEntry();
        }
        return out.toByteArray();
    }

    private static byte[] zip() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (String name : List.of("a/", "a/b", "c")) {
                var entry = new ZipEntry(name);
                entry.setTime(0);
                zip.putNextEntry(entry);
                if (!entry.isDirectory()) {
                    zip.write('x');
                }
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    /** Nothing is written, changed or linked to outside of the directory, and no more is written than there is room. */
    private static void unpack(byte[] bytes, String name) throws Exception {
        Path directory = Files.createTempDirectory("fuzz");
        try {
            Path file = Files.write(directory.resolve("archive"), bytes);
            Path beside = Files.writeString(directory.resolve(BESIDE), BESIDE);
            Path to = Files.createDirectory(directory.resolve("to"));
            try {
                Archive.unpack(file, name, to, Archive.Top.KEEP, ROOM);
            } finally {
                assertEquals(BESIDE, Files.readString(beside));
                assertEquals(1, Files.getAttribute(beside, "unix:nlink"));
                try (Stream<Path> all = Files.list(directory)) {
                    assertEquals(3, all.count());
                }
                requireRoom(to);
            }
        } finally {
            remove(directory);
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path path : files.toList().reversed()) {
                Files.delete(path);
            }
        }
    }

    private static void requireRoom(Path to) throws IOException {
        try (Stream<Path> all = Files.walk(to)) {
            long written = all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(path -> path.toFile().length())
                    .sum();
            assertTrue(written <= ROOM, written + " bytes");
        }
    }
}
