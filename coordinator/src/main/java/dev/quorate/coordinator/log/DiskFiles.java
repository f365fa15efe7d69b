package dev.quorate.coordinator.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@link DurableFiles} of the operating system. */
public final class DiskFiles implements DurableFiles {
    private final Path root;

    /** The files below a directory that is there. */
    public DiskFiles(Path root) {
        this.root = root;
    }

    @Override
    public Optional<byte[]> read(String path, int most) throws IOException {
        try (FileChannel file = FileChannel.open(root.resolve(path), StandardOpenOption.READ)) {
            if (file.size() > most) {
                throw new IOException(path + " is longer than " + most + " bytes");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
            while (bytes.hasRemaining() && file.read(bytes) >= 0) {
                // A read may give less than was asked for.
            }
            return Optional.of(Arrays.copyOf(bytes.array(), bytes.position()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> list(String directory) throws IOException {
        try (Stream<Path> names = Files.list(root.resolve(directory))) {
            return names.map(name -> name.getFileName().toString()).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    @Override
    public void createDirectory(String path) throws IOException {
        try {
            Files.createDirectory(root.resolve(path));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(root.resolve(path))) {
                throw e;
            }
        }
    }

    @Override
    public void write(String path, byte[] bytes) throws IOException {
        try (FileChannel file = FileChannel.open(
                root.resolve(path),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            writeAll(file, bytes);
            file.force(true);
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(root.resolve(from), root.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void syncDirectory(String path) throws IOException {
        try (FileChannel directory = FileChannel.open(root.resolve(path), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    @Override
    public void delete(String path) throws IOException {
        Files.deleteIfExists(root.resolve(path));
    }

    @Override
    public Appender append(String path) throws IOException {
        FileChannel file = FileChannel.open(root.resolve(path), StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        return new Appender() {
            @Override
            public void append(byte[] bytes) throws IOException {
                writeAll(file, bytes);
                file.force(false);
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }

    private static void writeAll(FileChannel file, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            file.write(rest);
        }
    }
}
