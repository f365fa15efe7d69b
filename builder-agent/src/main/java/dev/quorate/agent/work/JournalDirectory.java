package dev.quorate.agent.work;

import dev.quorate.agent.sandbox.Trees;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.round.RoundId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Journals in files, {@code <directory>/<round>/journal.json}. */
final class JournalDirectory implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(JournalDirectory.class);
    private static final String FILE = "journal.json";
    private static final int MAX_BYTES = 64 << 20;

    private final Path directory;

    JournalDirectory(Path directory) {
        this.directory = directory;
    }

    @Override
    public Optional<Entry> read(RoundId round) throws IOException {
        Path file = place(round).resolve(FILE);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + " is longer than any journal; remove the directory of that round");
        }
        try {
            Fields fields = Fields.of(JsonReader.read(Files.readAllBytes(file), MAX_BYTES, FILE), FILE);
            return Optional.of(Entry.read(fields));
        } catch (MalformedException e) {
            throw new IOException(file + " is damaged; remove the directory of that round: " + e.getMessage(), e);
        }
    }

    @Override
    public void write(RoundId round, Entry entry) throws IOException {
        Durable.write(directory(round).resolve(FILE), CanonicalJson.bytes(entry.json()));
    }

    @Override
    public Path directory(RoundId round) throws IOException {
        return Files.createDirectories(place(round));
    }

    @Override
    public void forget(RoundId round) throws IOException, InterruptedException {
        // The journal goes last: without it the round would look like one whose build was cut short.
        Path place = place(round);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(place, path -> !path.endsWith(FILE))) {
            for (Path entry : entries) {
                Trees.delete(entry);
            }
        }
        Trees.delete(place);
    }

    @Override
    public List<RoundId> rounds() throws IOException {
        List<RoundId> rounds = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Files.createDirectories(directory))) {
            for (Path entry : entries) {
                try {
                    rounds.add(RoundId.parse(entry.getFileName().toString()));
                } catch (IllegalArgumentException e) {
                    LOG.warn("unknown directory left alone path={}", entry);
                }
            }
        }
        return rounds.stream().sorted().toList();
    }

    private Path place(RoundId round) {
        return directory.resolve(round.text());
    }
}
