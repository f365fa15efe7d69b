package dev.quorate.agent.capture;

import dev.quorate.digest.Sha256;
import dev.quorate.json.Printable;
import dev.quorate.proof.Output;
import dev.quorate.proof.OutputSet;
import dev.quorate.spec.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Copies a build's outputs while it hashes them. The build must have ended: nothing else may change the directory. */
public final class OutputCapture {
    private static final int MOST_NAMES = 1_000_000;
    /** What Java puts in the place of bytes that are not UTF-8; two names could become one by it. */
    private static final char UNDECODABLE = '\uFFFD';

    private final Path from;
    private final Path to;
    private long left;
    private final Map<RelativePath, Output> found = new TreeMap<>();
    private int names;

    private OutputCapture(Path from, Path to, long most) {
        this.from = from;
        this.to = to;
        this.left = most;
    }

    /**
     * Captures what the patterns match.
     *
     * @param base existing directory that the build could not replace
     * @param directory of the outputs below it; not followed if the build made any of it a link
     * @param patterns each must match something
     * @param to new directory for the copies
     * @param most bytes of all copies together: sparse files and hard links copy larger than they lie
     */
    public static OutputSet capture(Path base, List<String> directory, List<RelativePath> patterns, Path to, long most)
            throws CaptureException, IOException {
        Path from = base;
        for (String segment : directory) {
            from = from.resolve(segment);
            if (!Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
                throw new CaptureException("the build left no output directory " + String.join("/", directory)
                        + "; a link does not count");
            }
        }
        var capture = new OutputCapture(from, Files.createDirectory(to), most);
        for (RelativePath pattern : patterns) {
            if (capture.matchReadable(pattern) == 0) {
                throw new CaptureException("the build made nothing that matches the output "
                        + Printable.quote(pattern.text()) + " in " + String.join("/", directory));
            }
        }
        return new OutputSet(List.copyOf(capture.found.values()));
    }

    private int matchReadable(RelativePath pattern) throws CaptureException, IOException {
        try {
            return match(from, "", PathPattern.of(pattern).segments());
        } catch (AccessDeniedException e) {
            throw new CaptureException("the build made the output " + Printable.quote(pattern.text()) + " unreadable");
        }
    }

    private int match(Path directory, String prefix, List<String> segments) throws CaptureException, IOException {
        String segment = segments.getFirst();
        int matched = 0;
        if (segment.indexOf('*') < 0) {
            return one(directory.resolve(segment), prefix + segment, segments);
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (++names > MOST_NAMES) {
                    throw new CaptureException("the build left more than " + MOST_NAMES + " names among its outputs");
                }
                String name = entry.getFileName().toString();
                if (PathPattern.matches(segment, name)) {
                    matched += one(entry, prefix + name, segments);
                }
            }
        }
        return matched;
    }

    private int one(Path entry, String name, List<String> segments) throws CaptureException, IOException {
        if (!Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
            return 0;
        }
        BasicFileAttributes attributes =
                Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (segments.size() > 1) {
            return attributes.isDirectory() ? match(entry, name + "/", segments.subList(1, segments.size())) : 0;
        }
        if (attributes.isDirectory()) {
            return 0;
        }
        take(entry, path(name), attributes);
        return 1;
    }

    private void take(Path entry, RelativePath path, BasicFileAttributes attributes)
            throws CaptureException, IOException {
        if (found.containsKey(path)) {
            return;
        }
        if (found.size() == OutputSet.MAX_OUTPUTS) {
            throw new CaptureException("the build made more than " + OutputSet.MAX_OUTPUTS + " outputs");
        }
        Path copy = path.below(to);
        Files.createDirectories(copy.getParent());
        if (attributes.isSymbolicLink()) {
            Path target = Files.readSymbolicLink(entry);
            if (target.toString().indexOf(UNDECODABLE) >= 0) {
                throw new CaptureException(
                        "the link " + Printable.quote(path.text()) + " has a target that is not UTF-8");
            }
            found.put(path, new Output.Symlink(path, target.toString()));
            Files.createSymbolicLink(copy, target);
        } else if (attributes.isRegularFile()) {
            found.put(path, copy(entry, path, copy));
        } else {
            throw new CaptureException("the output " + Printable.quote(path.text())
                    + " is neither a file nor a symbolic link; only these can be certified");
        }
    }

    private Output.File copy(Path entry, RelativePath path, Path copy) throws CaptureException, IOException {
        boolean executable = Files.getPosixFilePermissions(entry, LinkOption.NOFOLLOW_LINKS)
                .contains(PosixFilePermission.OWNER_EXECUTE);
        MessageDigest digest = Sha256.newDigest();
        long size = 0;
        try (InputStream in = Files.newInputStream(entry, LinkOption.NOFOLLOW_LINKS);
                OutputStream out = Files.newOutputStream(copy, StandardOpenOption.CREATE_NEW)) {
            byte[] buffer = new byte[64 << 10];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                left -= n;
                if (left < 0) {
                    throw new CaptureException("the outputs together are larger than the disk limit of the spec");
                }
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
                size += n;
            }
        }
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        return new Output.File(path, executable, size, Sha256.ofDigest(digest.digest()));
    }

    private RelativePath path(String name) throws CaptureException {
        try {
            if (name.indexOf(UNDECODABLE) >= 0) {
                throw new IllegalArgumentException(name);
            }
            return RelativePath.parse(name);
        } catch (IllegalArgumentException e) {
            throw new CaptureException("the output " + Printable.quote(name) + " in " + from.getFileName()
                    + " has a name that cannot be certified");
        }
    }
}
