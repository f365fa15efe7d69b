package dev.quorate.inputs.apt;

import dev.quorate.deb822.Paragraph;
import dev.quorate.deb822.Paragraphs;
import dev.quorate.json.MalformedException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The Debian mirrors that this machine's apt is configured with. */
record MachineSources(List<SourceEntry> entries) {
    private static final long LONGEST_FILE = 1 << 20;

    /** Reads {@code sources.list} and {@code sources.list.d} below apt's directory of configuration. */
    static MachineSources read(Path etcApt) throws IOException, AptUnusableException {
        List<SourceEntry> entries = new ArrayList<>();
        Path list = etcApt.resolve("sources.list");
        if (Files.isRegularFile(list)) {
            entries.addAll(oneLine(list));
        }
        Path directory = etcApt.resolve("sources.list.d");
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory).sorted()) {
                for (Path file : files.toList()) {
                    if (file.toString().endsWith(".list")) {
                        entries.addAll(oneLine(file));
                    } else if (file.toString().endsWith(".sources")) {
                        entries.addAll(deb822(file));
                    }
                }
            }
        }
        return new MachineSources(List.copyOf(entries));
    }

    /**
     * Sources for a suite, with its updates and security where the machine's own suite has them.
     *
     * @param ownSuites names of the machine's own release, the likeliest first
     */
    String forSuite(String suite, List<String> ownSuites) throws AptUnusableException {
        for (String own : ownSuites) {
            if (!serving(own).isEmpty()) {
                return forSuite(suite, own);
            }
        }
        throw new AptUnusableException("apt's sources name no mirror that serves " + String.join(" or ", ownSuites)
                + " main, so there is none to ask for " + suite + "; add one to sources.list(5)");
    }

    private String forSuite(String suite, String own) {
        // A mirror of updates is Debian's; a stranger's repository may use the code name, too.
        List<SourceEntry> updated = serving(own + "-updates");
        Set<String> paragraphs = new LinkedHashSet<>();
        if (updated.isEmpty()) {
            serving(own).forEach(entry -> paragraphs.add(entry.withSuites(List.of(suite))));
        } else {
            updated.forEach(entry -> paragraphs.add(entry.withSuites(List.of(suite, suite + "-updates"))));
        }
        serving(own + "-security").forEach(entry -> paragraphs.add(entry.withSuites(List.of(suite + "-security"))));
        return String.join("\n", paragraphs);
    }

    private List<SourceEntry> serving(String suite) {
        return entries.stream()
                .filter(entry ->
                        entry.suites().contains(suite) && entry.components().contains("main"))
                .toList();
    }

    private static List<SourceEntry> oneLine(Path file) throws IOException, AptUnusableException {
        return text(file)
                .lines()
                .flatMap(line -> SourceEntry.ofLine(line).stream())
                .toList();
    }

    private static List<SourceEntry> deb822(Path file) throws IOException, AptUnusableException {
        try {
            List<SourceEntry> entries = new ArrayList<>();
            for (Paragraph paragraph : Paragraphs.parse(text(file), file.toString())) {
                if (!paragraph.text("Enabled").equals("no")) {
                    entries.add(entry(paragraph));
                }
            }
            return entries;
        } catch (MalformedException e) {
            throw new AptUnusableException(e.getMessage(), e);
        }
    }

    private static SourceEntry entry(Paragraph paragraph) {
        List<String> options = new ArrayList<>();
        for (String name : List.of("Signed-By", "Trusted")) {
            paragraph
                    .get(name)
                    .ifPresent(value -> options.add(
                            name + ": " + value.replace("\n\n", "\n.\n").replace("\n", "\n ")));
        }
        return new SourceEntry(
                paragraph.words("URIs"), paragraph.words("Suites"), paragraph.words("Components"), options);
    }

    private static String text(Path file) throws IOException, AptUnusableException {
        if (Files.size(file) > LONGEST_FILE) {
            throw new AptUnusableException(file + " is longer than 1 MiB");
        }
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new AptUnusableException(file + " is not UTF-8; write it anew as that", e);
        }
    }
}
