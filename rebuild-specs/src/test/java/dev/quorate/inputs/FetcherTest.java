package dev.quorate.inputs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import dev.quorate.spec.Locator;
import dev.quorate.spec.LockedFile;
import dev.quorate.spec.RelativePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetcherTest {
    @TempDir
    Path directory;

    @Test
    void asksEachSourceOnlyForWhatIsStillMissing() throws Exception {
        var cache = new FileCache(directory);
        var first = new Shelf("first", Map.of("a", "a"));
        var second = new Shelf("second", Map.of("a", "a", "b", "b"));
        Fetcher fetcher = Fetcher.of(cache, List.of(first, second));
        fetcher.fetchAll(List.of(file("a"), file("b")));
        assertEquals(List.of("a", "b"), first.asked);
        assertEquals(List.of("b"), second.asked);
        assertEquals("b", Files.readString(fetcher.fetch(file("b"))));
        assertEquals(2, first.asked.size());
    }

    @Test
    void takesFromTheNextSourceWhatTheFirstForged() throws Exception {
        var cache = new FileCache(directory);
        var forger = new Shelf("forger", Map.of("a", "forged"));
        var honest = new Shelf("honest", Map.of("a", "a"));
        assertEquals(
                "a", Files.readString(Fetcher.of(cache, List.of(forger, honest)).fetch(file("a"))));
    }

    @Test
    void namesTheFileAndEveryPlaceWhereItIsNot() {
        var cache = new FileCache(directory);
        var sources = List.<InputSource>of(new Shelf("one", Map.of()), new Shelf("two", Map.of("gone", "forged")));
        var e = assertThrows(
                InputUnavailableException.class,
                () -> Fetcher.of(cache, sources).fetch(file("gone")));
        assertTrue(e.getMessage().startsWith("gone from https://example.org/gone with SHA-256"), e.getMessage());
        assertTrue(
                e.getMessage().contains("one (is not there); two (gone should have at most 4 bytes"), e.getMessage());
    }

    private static LockedFile file(String name) {
        return new LockedFile(
                LockedFile.Role.SOURCE,
                RelativePath.parse(name),
                Locator.parse("https://example.org/" + name),
                name.length(),
                Sha256.of(name));
    }

    /** A source with texts by name. */
    private record Shelf(String name, Map<String, String> texts, List<String> asked) implements InputSource {
        Shelf(String name, Map<String, String> texts) {
            this(name, texts, new ArrayList<>());
        }

        @Override
        public List<Miss> fetch(List<LockedFile> wanted, FileCache cache) throws IOException {
            List<Miss> misses = new ArrayList<>();
            for (LockedFile file : wanted) {
                asked.add(file.path().text());
                String text = texts.get(file.path().text());
                if (text == null) {
                    misses.add(new Miss(file, name, "is not there"));
                } else {
                    try {
                        cache.put(file, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
                    } catch (WrongBytesException e) {
                        misses.add(new Miss(file, name, e.getMessage()));
                    }
                }
            }
            return misses;
        }
    }
}
