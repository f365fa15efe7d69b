package dev.quorate.lock;

import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.spec.LockedFile;
import dev.quorate.spec.RebuildSpec;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A spec file that a person wrote and a lock is written into. */
public final class SpecFile {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9._/+~-]*");

    private final Path path;

    /** A file that need not be there yet. */
    public SpecFile(Path path) {
        this.path = path;
    }

    /** Reads the spec. */
    public RebuildSpec read() throws IOException, MalformedException {
        if (Files.size(path) > RebuildSpec.MAX_BYTES) {
            throw new MalformedException(path.toString(), "is longer than " + RebuildSpec.MAX_BYTES + " bytes");
        }
        return RebuildSpec.parse(Files.readAllBytes(path), path.toString());
    }

    /**
     * Writes a spec's lock as the last section of the file and keeps what else its author wrote, comments included.
     *
     * @throws MalformedException if the file is not the same spec any more; it is left as it was then
     */
    public void write(RebuildSpec locked) throws IOException, MalformedException {
        String text = withLock(Files.readString(path), locked.locked().orElse(List.of()));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        RebuildSpec reread = RebuildSpec.parse(bytes, path.toString());
        if (!CanonicalJson.write(reread.json()).equals(CanonicalJson.write(locked.json()))) {
            throw new MalformedException(
                    path.toString(), "was changed while it was being locked; lock it again to pin what it says now");
        }
        // A link is followed, so that the file it names is replaced and not the link.
        Path target = path.toRealPath();
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(target, LinkOption.NOFOLLOW_LINKS);
        Path next = Files.createTempFile(target.getParent(), ".lock", ".tmp");
        try {
            Files.write(next, bytes);
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.setPosixFilePermissions(next, permissions);
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /** The author's lines with the section {@code locked} at their end. */
    static String withLock(String text, List<LockedFile> files) {
        List<String> lines = new ArrayList<>();
        boolean inLock = false;
        for (String line : text.lines().toList()) {
            if (line.startsWith("locked:")) {
                inLock = true;
            } else if (inLock && isTopLevel(line)) {
                inLock = false;
            }
            if (!inLock) {
                lines.add(line);
            }
        }
        while (!lines.isEmpty() && lines.getLast().isBlank()) {
            lines.removeLast();
        }
        lines.add(files.isEmpty() ? "locked: []" : "locked:");
        files.forEach(file -> lines.add("  - " + entry(file)));
        return String.join("\n", lines) + "\n";
    }

    // A list may stand at its key's own depth, so a dash is still the lock; a comment in column one is the author's.
    private static boolean isTopLevel(String line) {
        return !line.isEmpty() && " \t-]}".indexOf(line.charAt(0)) < 0;
    }

    private static String entry(LockedFile file) {
        List<String> members = new ArrayList<>();
        file.json().members().forEach((name, value) -> members.add(name + ": " + scalar(value)));
        return "{" + String.join(", ", members) + "}";
    }

    // Digits only, true, 1e5 and the like would be read as other types: everything but plain words is quoted as JSON,
    // which YAML reads as it is.
    private static String scalar(Json value) {
        boolean plain = value instanceof Json.Str text
                && PLAIN.matcher(text.value()).matches()
                && !text.value().matches("(?i)true|false|null|yes|no|on|off|y|n|[0-9a-f]{64}");
        return plain ? ((Json.Str) value).value() : CanonicalJson.write(value);
    }
}
