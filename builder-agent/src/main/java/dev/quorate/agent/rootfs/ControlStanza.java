package dev.quorate.agent.rootfs;

import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/**
 * The control stanza of one binary package.
 *
 * @param fields name to value as written, continuation lines included
 */
record ControlStanza(Map<String, String> fields) {
    private static final int LONGEST = 1 << 20;
    private static final int MOST_ENTRIES = 1000;
    private static final int MEMORY_KIB = 128 << 10;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern PACKAGE = Pattern.compile("[a-z0-9][a-z0-9+.-]+");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9.+:~-]+");
    /** A repository's words about a file; a package's own would contradict ours. */
    private static final Set<String> INDEX_ONLY = Set.of("filename", "size", "md5sum", "sha1", "sha256", "sha512");

    /** Reads the stanza out of a {@code .deb}. */
    static ControlStanza of(Path deb, String name) throws IOException, MalformedException {
        try (var ar = new ArArchiveInputStream(new BufferedInputStream(Files.newInputStream(deb)))) {
            ArArchiveEntry member = ar.getNextEntry();
            for (int n = 0; member != null && n < MOST_ENTRIES; n++, member = ar.getNextEntry()) {
                if (member.getName().startsWith("control.tar")) {
                    return parse(control(decompressed(ar, member.getName(), name), name), name);
                }
            }
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new MalformedException(
                    Printable.of(name), "is not a .deb file: " + Printable.of("" + e.getMessage()));
        }
        throw new MalformedException(Printable.of(name), "is not a .deb file: it has no control member");
    }

    String packageName() {
        return fields.get("Package");
    }

    String version() {
        return fields.get("Version");
    }

    String architecture() {
        return fields.get("Architecture");
    }

    static ControlStanza parse(String text, String name) throws MalformedException {
        Map<String, String> fields = new LinkedHashMap<>();
        String last = "";
        for (String line : text.stripTrailing().split("\n")) {
            int colon = line.indexOf(':');
            if (!last.isEmpty() && !line.isBlank() && (line.startsWith(" ") || line.startsWith("\t"))) {
                fields.merge(last, line, (old, more) -> old + "\n" + more);
            } else if (colon > 0 && NAME.matcher(line.substring(0, colon)).matches()) {
                last = line.substring(0, colon);
                if (fields.putIfAbsent(last, line.substring(colon + 1).strip()) != null) {
                    throw new MalformedException(Printable.of(name), "has the control field " + last + " twice");
                }
            } else {
                throw new MalformedException(Printable.of(name), "has a control line that is no field");
            }
        }
        fields.keySet().removeIf(field -> INDEX_ONLY.contains(field.toLowerCase(Locale.ROOT)));
        boolean named = PACKAGE.matcher(fields.getOrDefault("Package", "")).matches()
                && VERSION.matcher(fields.getOrDefault("Version", "")).matches()
                && PACKAGE.matcher(fields.getOrDefault("Architecture", "")).matches();
        if (!named) {
            throw new MalformedException(Printable.of(name), "names no package, version and architecture");
        }
        return new ControlStanza(fields);
    }

    private static String control(InputStream tarStream, String name) throws IOException, MalformedException {
        var tar = new TarArchiveInputStream(tarStream);
        TarArchiveEntry entry = tar.getNextEntry();
        for (int n = 0; entry != null && n < MOST_ENTRIES; n++, entry = tar.getNextEntry()) {
            if (entry.getName().equals("./control") || entry.getName().equals("control")) {
                byte[] bytes = tar.readNBytes(LONGEST + 1);
                if (bytes.length > LONGEST) {
                    throw new MalformedException(Printable.of(name), "has a control file of more than 1 MiB");
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        }
        throw new MalformedException(Printable.of(name), "has no control file");
    }

    private static InputStream decompressed(InputStream in, String member, String name)
            throws IOException, MalformedException {
        return switch (member) {
            case "control.tar" -> in;
            case "control.tar.gz" -> new GzipCompressorInputStream(in);
            case "control.tar.xz" ->
                XZCompressorInputStream.builder()
                        .setInputStream(in)
                        .setMemoryLimitKiB(MEMORY_KIB)
                        .get();
            case "control.tar.zst" -> new ZstdCompressorInputStream(in);
            default -> throw new MalformedException(Printable.of(name), "has a control member of an unknown kind");
        };
    }
}
