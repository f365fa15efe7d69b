package dev.quorate.agent.unpack;

import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Enumeration;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.X5455_ExtendedTimestamp;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/**
 * Unpacks zip and tar archives that a stranger made. The result depends on the archive alone: modes are 0644 and 0755,
 * times are the archive's, a zip's local times are taken as UTC.
 */
public final class Archive {
    private static final int MEMORY_KIB = 128 << 10;
    private static final int OWNER_EXECUTE = 0100;

    /** What to do with a directory that holds everything else in the archive. */
    public enum Top {
        /** Leave its name out. */
        STRIP,
        /** Nothing special. */
        KEEP
    }

    private Archive() {}

    /** Whether a file's name is that of an archive which can be unpacked. */
    public static boolean is(String name) {
        return name.matches("(?i).*\\.(zip|jar|tar|tgz|tar\\.(gz|xz|bz2|zst))");
    }

    /**
     * Unpacks an archive into a directory, which is made if it is missing.
     *
     * @param name the archive's own, which says its kind and stands in messages
     * @param most bytes that may be written
     * @throws MalformedException if it is no such archive, or holds anything that could write elsewhere
     */
    public static void unpack(Path archive, String name, Path target, Top top, long most)
            throws MalformedException, IOException {
        unpack(archive, name, new Extraction(name, Files.createDirectories(target), top, most));
    }

    private static void unpack(Path archive, String name, Extraction extraction)
            throws MalformedException, IOException {
        try {
            if (name.toLowerCase(Locale.ROOT).matches(".*\\.(zip|jar)")) {
                zip(archive, extraction);
            } else {
                tar(archive, name, extraction);
            }
            extraction.finish();
        } catch (WriteFailedException | ClosedByInterruptException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Parsers report a broken archive by either kind; what failed to be written was told apart above.
            throw new MalformedException(
                    Printable.of(name), "cannot be unpacked: " + Printable.of("" + e.getMessage()));
        }
    }

    /**
     * Unpacks the tar of a build's outputs: as above, but a symbolic link may lead anywhere, because nothing follows it.
     */
    public static void unpackOutputs(Path archive, Path target, long most) throws MalformedException, IOException {
        unpack(
                archive,
                "outputs.tar",
                new Extraction("outputs.tar", Files.createDirectories(target), Extraction.Links.ANYWHERE, most));
    }

    /**
     * When the newest entry of an archive was last changed, as the archive says; the epoch if it has none.
     *
     * @param most bytes that its content may have
     * @throws MalformedException if it is no such archive, or too large
     */
    public static Instant newest(Path archive, String name, long most) throws MalformedException, IOException {
        try {
            return name.toLowerCase(Locale.ROOT).matches(".*\\.(zip|jar)")
                    ? newestOfZip(archive)
                    : newestOfTar(archive, name, most);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new MalformedException(Printable.of(name), "cannot be read: " + Printable.of("" + e.getMessage()));
        }
    }

    private static Instant newestOfZip(Path archive) throws IOException {
        Instant newest = Instant.EPOCH;
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            Enumeration<ZipArchiveEntry> entries = zip.getEntries();
            while (entries.hasMoreElements()) {
                Instant time = time(entries.nextElement());
                newest = time.isAfter(newest) ? time : newest;
            }
        }
        return newest;
    }

    private static Instant newestOfTar(Path archive, String name, long most) throws IOException {
        Instant newest = Instant.EPOCH;
        try (var raw = new BufferedInputStream(Files.newInputStream(archive));
                var tar = new TarArchiveInputStream(decompressed(raw, name), "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Instant time = entry.getLastModifiedTime().toInstant();
                newest = time.isAfter(newest) ? time : newest;
                if (tar.getBytesRead() + Math.max(0, entry.getSize()) > most) {
                    throw new IOException("it is larger than the disk limit of the spec");
                }
            }
        }
        return newest;
    }

    private static void zip(Path archive, Extraction extraction) throws IOException, MalformedException {
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            Enumeration<ZipArchiveEntry> entries = zip.getEntriesInPhysicalOrder();
            while (entries.hasMoreElements()) {
                ZipArchiveEntry entry = entries.nextElement();
                if (entry.isUnixSymlink()) {
                    extraction.link(entry.getName(), zip.getUnixSymlink(entry));
                } else if (entry.isDirectory()) {
                    extraction.directory(entry.getName());
                } else {
                    try (InputStream content = zip.getInputStream(entry)) {
                        boolean executable = (entry.getUnixMode() & OWNER_EXECUTE) != 0;
                        extraction.file(entry.getName(), mode(executable), time(entry), content);
                    }
                }
            }
        }
    }

    private static void tar(Path archive, String name, Extraction extraction) throws IOException, MalformedException {
        try (var raw = new BufferedInputStream(Files.newInputStream(archive));
                var tar = new TarArchiveInputStream(decompressed(raw, name), "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isSymbolicLink()) {
                    extraction.link(entry.getName(), entry.getLinkName());
                } else if (entry.isDirectory()) {
                    extraction.directory(entry.getName());
                } else if (!isPlain(entry)) {
                    throw extraction.refused(
                            entry.getName(), "is a hard link, a device, a pipe or sparse; pack plain files");
                } else {
                    boolean executable = (entry.getMode() & OWNER_EXECUTE) != 0;
                    Instant time = entry.getLastModifiedTime().toInstant();
                    extraction.file(entry.getName(), mode(executable), time, tar);
                }
            }
        }
    }

    /** By the type flag, because {@code isFile} calls a device a file. */
    private static boolean isPlain(TarArchiveEntry entry) {
        byte flag = entry.getLinkFlag();
        return (flag == TarConstants.LF_NORMAL || flag == TarConstants.LF_OLDNORM) && !entry.isSparse();
    }

    private static Extraction.Mode mode(boolean executable) {
        return executable ? Extraction.Mode.EXECUTABLE : Extraction.Mode.PLAIN;
    }

    private static Instant time(ZipArchiveEntry entry) {
        if (entry.getExtraField(X5455_ExtendedTimestamp.HEADER_ID) instanceof X5455_ExtendedTimestamp extended
                && extended.getModifyJavaTime() != null) {
            return extended.getModifyJavaTime().toInstant();
        }
        // The parser read the zip's local time in this machine's zone.
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(entry.getTime()), ZoneId.systemDefault())
                .toInstant(ZoneOffset.UTC);
    }

    private static InputStream decompressed(InputStream in, String name) throws IOException {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".gz") || lower.endsWith(".tgz")) {
            return new BufferedInputStream(GzipCompressorInputStream.builder()
                    .setInputStream(in)
                    .setDecompressConcatenated(true)
                    .get());
        } else if (lower.endsWith(".xz")) {
            return XZCompressorInputStream.builder()
                    .setInputStream(in)
                    .setDecompressConcatenated(true)
                    .setMemoryLimitKiB(MEMORY_KIB)
                    .get();
        } else if (lower.endsWith(".bz2")) {
            return new BZip2CompressorInputStream(in, true);
        } else if (lower.endsWith(".zst")) {
            return new ZstdCompressorInputStream(in);
        }
        return in;
    }
}
