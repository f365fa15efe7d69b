package dev.quorate.cli.log;

import dev.quorate.json.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A log's files in a directory: a copy, or the disk of its own machine. */
record DirectorySite(Path directory) implements LogSite {
    @Override
    public String name() {
        return Printable.of(directory.toString());
    }

    @Override
    public Optional<byte[]> find(String path, int most) throws IOException {
        try (InputStream in = Files.newInputStream(directory.resolve(path))) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new IOException(path + " is longer than " + most + " bytes");
            }
            return Optional.of(bytes);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        // A directory needs no closing.
    }
}
