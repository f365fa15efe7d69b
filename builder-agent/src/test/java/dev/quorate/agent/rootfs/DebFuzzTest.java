package dev.quorate.agent.rootfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.json.MalformedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Packages of strangers. */
class DebFuzzTest implements Fuzzed {
    private static final byte[] STANZA =
            "Package: hello\nVersion: 1:2.10-3\nArchitecture: amd64\nDescription: short\n long\n"
                    .getBytes(StandardCharsets.UTF_8);

    @Override
    public List<Target> targets() throws IOException {
        return List.of(
                Target.of("deb", DebFuzzTest::deb, deb()).costly(),
                Target.of("control-stanza", DebFuzzTest::stanza, STANZA));
    }

    private static byte[] deb() throws IOException {
        var compressed = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(compressed))) {
            var entry = new TarArchiveEntry("./control");
            entry.setSize(STANZA.length);
            entry.setModTime(0);
            tar.putArchiveEntry(entry);
            tar.write(STANZA);
            tar.closeArchiveEntry();
        }
        var out = new ByteArrayOutputStream();
        try (var ar = new ArArchiveOutputStream(out)) {
            member(ar, "debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII));
            member(ar, "control.tar.gz", compressed.toByteArray());
        }
        return out.toByteArray();
    }

    private static void member(ArArchiveOutputStream ar, String name, byte[] content) throws IOException {
        ar.putArchiveEntry(new ArArchiveEntry(name, content.length, 0, 0, 0100644, 0));
        ar.write(content);
        ar.closeArchiveEntry();
    }

    private static void deb(byte[] bytes) throws IOException, MalformedException {
        Path file = Files.createTempFile("fuzz", ".deb");
        try {
            Files.write(file, bytes);
            ControlStanza.of(file, "fuzz.deb");
        } finally {
            Files.delete(file);
        }
    }

    /** A stanza in an index is one stanza, whatever a package says of itself. */
    private static void stanza(byte[] bytes) throws MalformedException {
        ControlStanza stanza = ControlStanza.parse(new String(bytes, StandardCharsets.UTF_8), "fuzz.deb");
        var text = new StringBuilder();
        stanza.fields()
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append('\n'));
        assertEquals(stanza, ControlStanza.parse(text.toString(), "again.deb"));
    }
}
