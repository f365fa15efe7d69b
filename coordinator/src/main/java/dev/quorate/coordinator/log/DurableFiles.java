package dev.quorate.coordinator.log;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The file operations that durability rests on, below one directory. Paths are relative, with {@code /}; the directory
 * itself is the empty path.
 *
 * <p>After a crash, the content of a file is what it was when {@link #write} or {@link Appender#append} last returned;
 * a name is there, or gone, for sure only once {@link #syncDirectory} has returned for the directory that holds it.
 */
public interface DurableFiles {
    /**
     * A whole file.
     *
     * @return empty if there is none
     * @throws IOException also if it is longer than {@code most} bytes
     */
    Optional<byte[]> read(String path, int most) throws IOException;

    /** The names in a directory, sorted; none if there is no such directory. */
    List<String> list(String directory) throws IOException;

    /** Makes a directory whose parent is there; nothing happens if it is there itself. */
    void createDirectory(String path) throws IOException;

    /** Writes a file, new or over what was there, and forces its content to the disk. */
    void write(String path, byte[] bytes) throws IOException;

    /** Moves a file over another one, atomically. */
    void rename(String from, String to) throws IOException;

    /** Forces the names in a directory to the disk. */
    void syncDirectory(String path) throws IOException;

    /** Removes a file or an empty directory, if it is there. */
    void delete(String path) throws IOException;

    /** Opens an existing file to append to it. */
    Appender append(String path) throws IOException;

    /** The end of one file. */
    interface Appender extends Closeable {
        /** Writes all the bytes and forces them to the disk. */
        void append(byte[] bytes) throws IOException;
    }
}
