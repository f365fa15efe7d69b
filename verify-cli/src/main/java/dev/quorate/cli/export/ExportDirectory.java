package dev.quorate.cli.export;

import dev.quorate.cli.RefusedException;
import dev.quorate.cli.WrittenFile;
import dev.quorate.export.ExportedFile;
import dev.quorate.json.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A directory that holds an export and nothing else. */
record ExportDirectory(Path path) {
    static ExportDirectory create(Path path) throws RefusedException {
        String name = Printable.of(path.toString());
        try {
            Files.createDirectories(path);
            try (Stream<Path> children = Files.list(path)) {
                if (children.findAny().isPresent()) {
                    throw new RefusedException(name + ": is there and not empty; name a new directory");
                }
            }
        } catch (IOException e) {
            throw new RefusedException(
                    name + ": is not a directory that can be written: " + Printable.of(String.valueOf(e.getMessage())),
                    e);
        }
        return new ExportDirectory(path);
    }

    void write(List<ExportedFile> files) throws RefusedException {
        for (ExportedFile file : files) {
            WrittenFile.create(path.resolve(file.name()), file.bytes());
        }
    }
}
