package dev.quorate.agent.vm;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;

/** A {@code newc} archive that the kernel unpacks into its first root. The same files give the same bytes. */
public final class InitialRamDisk {
    private static final int PLAIN = CpioConstants.C_ISREG | 0644;
    private static final int PROGRAM = CpioConstants.C_ISREG | 0755;
    private static final int DIRECTORY = CpioConstants.C_ISDIR | 0755;

    private final SortedMap<String, Part> parts = new TreeMap<>();

    private record Part(int mode, byte[] content) {}

    /** Adds a program and the directories above it. */
    public InitialRamDisk program(String path, byte[] content) {
        return add(path, new Part(PROGRAM, content));
    }

    /** Adds a file and the directories above it. */
    public InitialRamDisk file(String path, byte[] content) {
        return add(path, new Part(PLAIN, content));
    }

    /** Adds a text file and the directories above it. */
    public InitialRamDisk file(String path, String content) {
        return file(path, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the archive, uncompressed. */
    public void write(Path to) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to));
                var cpio = new CpioArchiveOutputStream(out, CpioConstants.FORMAT_NEW)) {
            int inode = 1;
            // A directory's name is a prefix of what lies in it, so it comes first.
            for (Map.Entry<String, Part> part : parts.entrySet()) {
                byte[] content = part.getValue().content;
                var entry = new CpioArchiveEntry(CpioConstants.FORMAT_NEW, part.getKey(), content.length);
                entry.setMode(part.getValue().mode);
                entry.setInode(inode++);
                entry.setNumberOfLinks(1);
                entry.setTime(0);
                cpio.putArchiveEntry(entry);
                cpio.write(content);
                cpio.closeArchiveEntry();
            }
        }
    }

    private InitialRamDisk add(String path, Part part) {
        String name = path.substring(1);
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            parts.putIfAbsent(name.substring(0, slash), new Part(DIRECTORY, new byte[0]));
        }
        parts.put(name, part);
        return this;
    }
}
