package dev.quorate.inputs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCacheTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private FileCache cache;

    @BeforeEach
    void open() {
        cache = new FileCache(directory);
    }

    @Test
    void keepsAFileUnderItsDigest() throws Exception {
        Sha256 digest = Sha256.of(HELLO);
        assertEquals(Optional.empty(), cache.find(digest));
        Path path = cache.put("hello", digest, 5, stream(HELLO));
        assertEquals(directory.resolve("sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex()), path);
        assertArrayEquals(HELLO, Files.readAllBytes(path));
        assertEquals(Optional.of(path), cache.find(digest));
        assertEquals(List.of(path), files());
    }

    @Test
    void keepsNothingOfWrongBytes() throws Exception {
        Sha256 digest = Sha256.of(HELLO);
        var other =
                assertThrows(WrongBytesException.class, () -> cache.put("a\nb", digest, 5, stream("hullo".getBytes())));
        assertEquals(
                "a\\u{a}b should have SHA-256 " + digest + " but came with " + Sha256.of("hullo"), other.getMessage());
        var shorter = assertThrows(WrongBytesException.class, () -> cache.put("x", digest, 6, stream(HELLO)));
        assertEquals("x should have 6 bytes but came with 5", shorter.getMessage());
        assertThrows(WrongBytesException.class, () -> cache.put("x", digest, 4, stream(HELLO)));
        assertThrows(WrongBytesException.class, () -> cache.add("x", stream(HELLO), 4));
        assertThrows(WrongBytesException.class, () -> cache.put("x", Sha256.of("y"), stream(HELLO), 100));
        assertEquals(List.of(), files());
    }

    @Test
    void stopsReadingAtTheDeclaredSize() {
        var endless = new InputStream() {
            long given;

            @Override
            public int read() {
                given++;
                return 'x';
            }
        };
        assertThrows(WrongBytesException.class, () -> cache.put("x", Sha256.of("x"), 10, endless));
        assertTrue(endless.given < 1 << 20, "read " + endless.given);
    }

    @Test
    void keepsNothingOfAStreamThatBreaks() throws Exception {
        var broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the line is dead");
            }
        };
        assertThrows(IOException.class, () -> cache.put("x", Sha256.of("x"), 10, broken));
        assertEquals(List.of(), files());
    }

    @Test
    void noticesBitRotWhenAsked() throws Exception {
        StoredFile stored = cache.add("hello", stream(HELLO), 5);
        assertEquals(Optional.of(stored.path()), cache.verify(stored.sha256()));
        Files.delete(stored.path());
        Files.writeString(stored.path(), "hellp");
        assertEquals(Optional.of(stored.path()), cache.find(stored.sha256()));
        assertEquals(Optional.empty(), cache.verify(stored.sha256()));
        assertEquals(Optional.empty(), cache.find(stored.sha256()));
    }

    @Test
    void doesNotFollowALinkThatStandsForAFile() throws Exception {
        Sha256 digest = Sha256.of(HELLO);
        Path secret = Files.writeString(directory.resolve("secret"), "secret");
        Path place = directory.resolve("sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex());
        Files.createDirectories(place.getParent());
        Files.createSymbolicLink(place, secret);
        assertEquals(Optional.empty(), cache.find(digest));
        cache.put("hello", digest, 5, stream(HELLO));
        assertEquals("secret", Files.readString(secret));
        assertArrayEquals(HELLO, Files.readAllBytes(cache.find(digest).orElseThrow()));
    }

    @Test
    void takesTheSameFileFromManyAtOnce() throws Exception {
        byte[] large = new byte[1 << 20];
        Sha256 digest = Sha256.of(large);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Path>> puts = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                puts.add(threads.submit(() -> new FileCache(directory).put("x", digest, large.length, stream(large))));
            }
            for (Future<Path> put : puts) {
                assertArrayEquals(large, Files.readAllBytes(put.get()));
            }
        }
        assertEquals(1, files().size());
    }

    @Test
    void sweepsOnlyWhatIsOldAndHeldByNobody() throws Exception {
        Instant now = Instant.parse("2026-01-03T00:00:00Z");
        Path stored = cache.put("hello", Sha256.of(HELLO), 5, stream(HELLO));
        Path left = part("left.part", now.minusSeconds(86_401));
        Path fresh = part("fresh.part", now.minusSeconds(86_399));
        Path foreign = part("other.txt", now.minusSeconds(1_000_000));
        Path link = Files.createSymbolicLink(left.resolveSibling("link.part"), foreign);
        try (Incoming held = Incoming.open(directory, "held")) {
            Path part = files().stream()
                    .filter(file -> !List.of(stored, left, fresh, foreign, link).contains(file))
                    .findFirst()
                    .orElseThrow();
            Files.setLastModifiedTime(part, FileTime.from(now.minusSeconds(1_000_000)));
            assertEquals(1, cache.sweep(now));
            assertEquals(Set.of(stored, fresh, foreign, link, part), Set.copyOf(files()));
            assertTrue(Files.isSymbolicLink(link));
            held.take(stream("new".getBytes(StandardCharsets.UTF_8)), 3);
        }
        assertEquals(0, cache.sweep(now));
        assertEquals(0, new FileCache(directory.resolve("none")).sweep(now));
    }

    @Test
    void sweepsNothingThatAnotherProcessHolds() throws Exception {
        Tools.need("/usr/bin/python3");
        Instant now = Instant.now();
        Path part = part("theirs.part", now.minusSeconds(100_000));
        String hold = "import fcntl,os,sys; f=os.open(sys.argv[1],os.O_RDWR); fcntl.lockf(f,fcntl.LOCK_EX);"
                + " print('held',flush=True); sys.stdin.read()";
        Process other = new ProcessBuilder("/usr/bin/python3", "-c", hold, part.toString()).start();
        try {
            assertEquals('h', other.getInputStream().read());
            assertEquals(0, cache.sweep(now));
            other.getOutputStream().close();
            other.waitFor();
            assertEquals(1, cache.sweep(now));
        } finally {
            other.destroyForcibly();
        }
    }

    private Path part(String name, Instant modified) throws IOException {
        Path incoming = Files.createDirectories(directory.resolve("incoming"));
        Path part = Files.writeString(incoming.resolve(name), "half");
        return Files.setLastModifiedTime(part, FileTime.from(modified));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }
}
