package dev.quorate.agent.unpack;

import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.spec.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The writing half of unpacking. Links are made last, so that nothing is ever written through one; each path can come
 * once; everything is counted.
 */
final class Extraction {
    private static final int MOST_ENTRIES = 500_000;
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwxr-xr-x");

    enum Mode {
        PLAIN("rw-r--r--"),
        EXECUTABLE("rwxr-xr-x");

        private final Set<PosixFilePermission> permissions;

        Mode(String permissions) {
            this.permissions = PosixFilePermissions.fromString(permissions);
        }
    }

    /** Where symbolic links may lead. */
    enum Links {
        INSIDE,
        ANYWHERE
    }

    private final String archive;
    private final Path target;
    private final Archive.Top top;
    private final Links allowed;
    private final Set<String> files = new HashSet<>();
    private final Set<String> directories = new HashSet<>();
    private final Map<String, String> links = new LinkedHashMap<>();
    private Optional<String> stripped = Optional.empty();
    private long left;
    private int entries;

    Extraction(String archive, Path target, Archive.Top top, long most) {
        this(archive, target, top, Links.INSIDE, most);
    }

    Extraction(String archive, Path target, Links allowed, long most) {
        this(archive, target, Archive.Top.KEEP, allowed, most);
    }

    private Extraction(String archive, Path target, Archive.Top top, Links allowed, long most) {
        this.archive = archive;
        this.target = target;
        this.top = top;
        this.allowed = allowed;
        this.left = most;
    }

    void directory(String name) throws MalformedException, IOException {
        Optional<String> path = place(name);
        if (path.isPresent()) {
            if (files.contains(path.get()) || links.containsKey(path.get())) {
                throw refused(name, "is there twice");
            }
            parents(name, path.get());
            makeDirectory(path.get());
        }
    }

    void file(String name, Mode mode, Instant time, InputStream content) throws MalformedException, IOException {
        String path = claim(name);
        files.add(path);
        Path file = target.resolve(path);
        write(name, file, content);
        Files.setPosixFilePermissions(file, mode.permissions);
        Files.setLastModifiedTime(file, FileTime.from(time));
    }

    void link(String name, String to) throws MalformedException, IOException {
        String path = claim(name);
        int depth = path.split("/").length - 1;
        for (String segment : to.split("/")) {
            depth += segment.equals("..") ? -1 : segment.isEmpty() || segment.equals(".") ? 0 : 1;
            if (allowed == Links.INSIDE && (to.startsWith("/") || depth < 0)) {
                throw refused(name, "is a link to " + Printable.quote(to) + ", outside of the archive");
            }
        }
        links.put(path, to);
    }

    /** Makes the links, now that nothing more is written. */
    void finish() throws MalformedException, IOException {
        for (Map.Entry<String, String> link : links.entrySet()) {
            if (directories.contains(link.getKey())) {
                throw refused(link.getKey(), "is a link and a directory at once");
            }
            Files.createSymbolicLink(target.resolve(link.getKey()), Path.of(link.getValue()));
        }
    }

    MalformedException refused(String name, String why) {
        return new MalformedException(Printable.of(archive), "the entry " + Printable.quote(name) + " " + why);
    }

    /** The entry's path below the target; empty for the top directory itself. */
    private Optional<String> place(String name) throws MalformedException {
        if (++entries > MOST_ENTRIES) {
            throw refused(name, "is one too many: an archive may have " + MOST_ENTRIES + " entries");
        }
        String path = name.startsWith("./") ? name.substring(2) : name;
        path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (path.isEmpty() || path.equals(".")) {
            return Optional.empty();
        }
        try {
            RelativePath.parse(path);
        } catch (IllegalArgumentException e) {
            throw refused(name, "could leave the directory that it is unpacked into");
        }
        return top == Archive.Top.STRIP ? strip(name, path) : Optional.of(path);
    }

    private Optional<String> strip(String name, String path) throws MalformedException {
        int slash = path.indexOf('/');
        String first = slash < 0 ? path : path.substring(0, slash);
        if (!stripped.isEmpty() && !stripped.get().equals(first)) {
            throw refused(name, "lies outside of the archive's only directory " + Printable.quote(stripped.get()));
        }
        stripped = Optional.of(first);
        return slash < 0 ? Optional.empty() : Optional.of(path.substring(slash + 1));
    }

    private String claim(String name) throws MalformedException, IOException {
        String path = place(name).orElseThrow(() -> refused(name, "lies outside of the archive's only directory"));
        if (files.contains(path) || links.containsKey(path) || directories.contains(path)) {
            throw refused(name, "is there twice");
        }
        parents(name, path);
        return path;
    }

    private void parents(String name, String path) throws MalformedException, IOException {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String parent = path.substring(0, slash);
            if (files.contains(parent) || links.containsKey(parent)) {
                throw refused(name, "lies below " + Printable.quote(parent) + ", which is no directory");
            }
            makeDirectory(parent);
        }
    }

    private void makeDirectory(String directory) throws IOException {
        if (directories.add(directory)) {
            Path path = Files.createDirectories(target.resolve(directory));
            Files.setPosixFilePermissions(path, DIRECTORY);
        }
    }

    private void write(String name, Path file, InputStream content) throws MalformedException, IOException {
        try (OutputStream out = open(file)) {
            byte[] buffer = new byte[64 << 10];
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                left -= n;
                if (left < 0) {
                    throw refused(name, "makes the archive larger than the disk limit of the spec");
                }
                try {
                    out.write(buffer, 0, n);
                } catch (IOException e) {
                    throw new WriteFailedException(e);
                }
            }
        }
    }

    private static OutputStream open(Path file) throws WriteFailedException {
        try {
            return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new WriteFailedException(e);
        }
    }
}
