package dev.quorate.inputs.apt;

import dev.quorate.digest.Sha256;
import dev.quorate.inputs.FileCache;
import dev.quorate.inputs.InputSource;
import dev.quorate.inputs.WrongBytesException;
import dev.quorate.json.MalformedException;
import dev.quorate.spec.Locator;
import dev.quorate.spec.LockedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Files of {@code deb} package URLs with the qualifier {@code distro}, from the machine's mirrors: found in the indices
 * by their digest, so that no name decides.
 */
public final class AptSource implements InputSource {
    private final AptMachine machine;
    private final Path directory;
    private final String architecture;
    private final Map<String, AptArchive> open = new HashMap<>();

    /**
     * A source with its private apt state below a directory.
     *
     * @param architecture Debian's name, {@code amd64}
     */
    public AptSource(AptMachine machine, Path directory, String architecture) {
        this.machine = machine;
        this.directory = directory;
        this.architecture = architecture;
    }

    @Override
    public synchronized List<Miss> fetch(List<LockedFile> wanted, FileCache cache)
            throws IOException, InterruptedException {
        Map<String, List<LockedFile>> bySuite = new TreeMap<>();
        for (LockedFile file : wanted) {
            suite(file)
                    .forEach(suite -> bySuite.computeIfAbsent(suite, s -> new ArrayList<>())
                            .add(file));
        }
        List<Miss> misses = new ArrayList<>();
        for (var entry : bySuite.entrySet()) {
            misses.addAll(fetch(entry.getKey(), entry.getValue(), cache));
        }
        return misses;
    }

    /** The archive of a suite, opened once. */
    public synchronized AptArchive archive(String suite)
            throws AptUnusableException, IOException, InterruptedException {
        AptArchive archive = open.get(suite);
        if (archive == null) {
            archive = AptArchive.open(machine, directory, suite, architecture);
            open.put(suite, archive);
        }
        return archive;
    }

    private List<Miss> fetch(String suite, List<LockedFile> files, FileCache cache)
            throws IOException, InterruptedException {
        try {
            AptArchive archive = archive(suite);
            Set<Sha256> digests = new HashSet<>();
            files.forEach(file -> digests.add(file.sha256()));
            Map<Sha256, ArchiveFile> located = archive.locate(digests);
            if (located.size() < digests.size()) {
                archive.update();
                located = archive.locate(digests);
            }
            return download(archive, files, located, cache);
        } catch (AptUnusableException | MalformedException e) {
            return files.stream()
                    .map(file -> new Miss(file, "apt's mirrors of " + suite, e.getMessage()))
                    .toList();
        }
    }

    private static List<Miss> download(
            AptArchive archive, List<LockedFile> files, Map<Sha256, ArchiveFile> located, FileCache cache)
            throws IOException, InterruptedException {
        List<Miss> misses = new ArrayList<>();
        Path into = Files.createTempDirectory(archive.downloads(), "run");
        try {
            archive.download(List.copyOf(located.values()), into);
            for (LockedFile file : files) {
                ArchiveFile known = located.get(file.sha256());
                if (known == null) {
                    String mirrors = String.join(", ", archive.mirrors());
                    misses.add(new Miss(
                            file, mirrors, "the indices of " + archive.suite() + " name no file of this digest"));
                } else {
                    take(file, known, into, cache).ifPresent(misses::add);
                }
            }
        } finally {
            remove(into);
        }
        return misses;
    }

    private static Optional<Miss> take(LockedFile file, ArchiveFile known, Path into, FileCache cache)
            throws IOException {
        Path downloaded = into.resolve(known.name().fileName());
        if (!Files.isRegularFile(downloaded)) {
            return Optional.of(new Miss(file, known.uri(), "apt could not download it"));
        }
        try (InputStream bytes = Files.newInputStream(downloaded)) {
            cache.put(file, bytes);
            return Optional.empty();
        } catch (WrongBytesException e) {
            return Optional.of(new Miss(file, known.uri(), e.getMessage()));
        }
    }

    private static List<String> suite(LockedFile file) {
        if (file.from() instanceof Locator.Package p && p.purl().getType().equals("deb")) {
            Map<String, String> qualifiers = p.purl().getQualifiers();
            String suite = qualifiers == null ? "" : qualifiers.getOrDefault("distro", "");
            return suite.matches("[a-z]{3,32}") ? List.of(suite) : List.of();
        }
        return List.of();
    }

    private static void remove(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(directory);
    }
}
