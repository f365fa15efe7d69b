package dev.quorate.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of threats are about these folders and these tests. */
class ThreatsTest {
    private static final Path TABLES = Path.of("src", "test", "vectors", "THREATS.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** Cells of the rows: threat, vectors, other tests. */
    private static List<String[]> rows() throws IOException {
        return Files.readAllLines(TABLES).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| lesson"))
                .map(line -> line.substring(2).split(" ?\\| ?", -1))
                .toList();
    }

    private static List<String> code(String cell) {
        List<String> words = new ArrayList<>();
        for (Matcher matcher = CODE.matcher(cell); matcher.find(); ) {
            words.add(matcher.group(1));
        }
        return words;
    }

    @Test
    void everyFolderStandsInARow() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String[] row : rows()) {
            named.addAll(code(row[1]));
        }
        Set<String> folders = VectorsTest.folders().stream()
                .map(folder -> folder.getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(folders, named);
    }

    @Test
    void everyRowIsShownBySomething() throws IOException {
        for (String[] row : rows()) {
            assertFalse(code(row[1]).isEmpty() && code(row[2]).isEmpty(), row[0]);
            for (String test : code(row[2])) {
                String source = source(test.replaceFirst("\\..*", ""));
                String method = test.replaceFirst("^[^.]*\\.?", "");
                assertTrue(method.isEmpty() || source.contains(" " + method + "("), test);
            }
        }
    }

    /** A test class of any module. */
    private static String source(String name) throws IOException {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            for (Path module : modules.filter(path -> Files.isDirectory(path.resolve("src/test/java")))
                    .toList()) {
                try (Stream<Path> files = Files.walk(module.resolve("src/test/java"))) {
                    List<Path> found =
                            files.filter(file -> file.endsWith(name + ".java")).toList();
                    if (!found.isEmpty()) {
                        return Files.readString(found.getFirst());
                    }
                }
            }
        }
        throw new AssertionError("there is no test " + name);
    }
}
