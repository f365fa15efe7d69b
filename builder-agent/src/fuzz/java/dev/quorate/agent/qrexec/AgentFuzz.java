package dev.quorate.agent.qrexec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.quorate.agent.sandbox.Trees;
import dev.quorate.agent.unpack.Archive;
import dev.quorate.json.MalformedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Strangers' archives and streams: unpacked below their directory or refused; read or refused. */
class AgentFuzz {
    private static final long ROOM = 1 << 20;

    static Stream<Arguments> answers() throws IOException {
        var out = new ByteArrayOutputStream();
        new Frame(Frame.Kind.ALIVE, new byte[0]).write(out);
        new Frame(Frame.Kind.KEY, new byte[91]).write(out);
        new Frame(Frame.Kind.SEALED, new byte[20]).write(out);
        return Stream.of(Arguments.of((Object) out.toByteArray()));
    }

    static Stream<Arguments> requests() throws IOException {
        var call = new TestCall(Path.of("nowhere"));
        return Stream.of(Arguments.of((Object) TestCall.stream(call.signed(call.request()), "")));
    }

    static Stream<Arguments> tars() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(out)) {
            var file = new TarArchiveEntry("a/b");
            file.setSize(1);
            tar.putArchiveEntry(file);
            tar.write('x');
            tar.closeArchiveEntry();
            var link = new TarArchiveEntry("a/c", TarConstants.LF_SYMLINK);
            link.setLinkName("b");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        return Stream.of(Arguments.of((Object) out.toByteArray()));
    }

    static Stream<Arguments> zips() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("a/b"));
            zip.write('x');
            zip.closeEntry();
        }
        return Stream.of(Arguments.of((Object) out.toByteArray()));
    }

    @MethodSource("answers")
    @FuzzTest(maxDuration = "1m")
    void frames(byte[] bytes) throws IOException {
        InputStream in = new ByteArrayInputStream(bytes);
        try {
            Optional<Frame> frame = Frame.read(in);
            while (frame.isPresent()) {
                frame = Frame.read(in);
            }
        } catch (StreamRefusedException e) {
            require(e.refusal() != null, "a refusal has a name");
        }
    }

    @MethodSource("requests")
    @FuzzTest(maxDuration = "1m")
    void head(byte[] bytes) throws IOException {
        InputStream in = new ByteArrayInputStream(bytes);
        try {
            Head.readMagic(in);
            Head.read(in, "request");
            Head.requireEnd(in, "request");
        } catch (StreamRefusedException e) {
            require(e.refusal() != null, "a refusal has a name");
        }
    }

    @MethodSource("tars")
    @FuzzTest(maxDuration = "1m")
    void tar(byte[] bytes) throws Exception {
        unpack(bytes, "x.tar");
    }

    @MethodSource("zips")
    @FuzzTest(maxDuration = "1m")
    void zip(byte[] bytes) throws Exception {
        unpack(bytes, "x.zip");
    }

    private static void unpack(byte[] bytes, String name) throws Exception {
        Path directory = Files.createTempDirectory("fuzz");
        try {
            Path file = Files.write(directory.resolve("archive"), bytes);
            Path to = Files.createDirectory(directory.resolve("to"));
            Archive.unpack(file, name, to, Archive.Top.KEEP, ROOM);
        } catch (MalformedException e) {
            require(e.getMessage() != null, "a refusal has a reason");
        } finally {
            try (var all = Files.list(directory)) {
                List<String> names =
                        all.map(path -> path.getFileName().toString()).sorted().toList();
                require(names.equals(List.of("archive", "to")), "nothing is beside the target: " + names);
            }
            Trees.delete(directory);
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
