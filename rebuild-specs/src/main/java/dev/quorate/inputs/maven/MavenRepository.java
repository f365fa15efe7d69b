package dev.quorate.inputs.maven;

import dev.quorate.inputs.FileCache;
import dev.quorate.inputs.InputSource;
import dev.quorate.inputs.StoredFile;
import dev.quorate.inputs.WrongBytesException;
import dev.quorate.inputs.web.HttpFailedException;
import dev.quorate.inputs.web.HttpFiles;
import dev.quorate.spec.Locator;
import dev.quorate.spec.LockedFile;
import dev.quorate.spec.RelativePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The machine's Maven repository, for files of {@code maven} package URLs. */
public final class MavenRepository implements InputSource {
    /** Largest file taken while locking, in bytes. */
    public static final long LARGEST = 1L << 30;

    private static final int AT_ONCE = 8;

    private final MavenMachine machine;
    private final HttpFiles http = HttpFiles.following();
    private Optional<RemoteRepository> remote = Optional.empty();

    /** A repository that reads the machine's configuration when the first file is wanted. */
    public MavenRepository(MavenMachine machine) {
        this.machine = machine;
    }

    /**
     * Takes a file of a repository path into the cache under whatever digest it has: for making a lock.
     *
     * @return nothing if the repository does not have it
     */
    public Optional<StoredFile> add(RelativePath path, FileCache cache)
            throws HttpFailedException, MavenUnusableException, WrongBytesException, IOException, InterruptedException {
        RemoteRepository repository = remote();
        try {
            return Optional.of(http.get(
                    repository.uri(path), repository.headers(), body -> cache.add(path.text(), body, LARGEST)));
        } catch (HttpFailedException e) {
            if (e.isAbsent()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public List<Miss> fetch(List<LockedFile> wanted, FileCache cache) throws IOException, InterruptedException {
        List<LockedFile> files =
                wanted.stream().filter(MavenRepository::isMaven).toList();
        List<Miss> misses = new ArrayList<>();
        ExecutorService workers =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory());
        try {
            List<Future<Optional<Miss>>> results = new ArrayList<>();
            for (LockedFile file : files) {
                results.add(workers.submit(() -> fetch(file, cache)));
            }
            for (Future<Optional<Miss>> result : results) {
                result.get().ifPresent(misses::add);
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            workers.shutdownNow();
        }
        return misses;
    }

    /** The repository path of a pin: its own for a repository file, else the one of its package. */
    static RelativePath path(LockedFile file) {
        return file.role() == LockedFile.Role.REPOSITORY || !(file.from() instanceof Locator.Package p)
                ? file.path()
                : MavenPath.of(p.purl());
    }

    private Optional<Miss> fetch(LockedFile file, FileCache cache) throws IOException, InterruptedException {
        try {
            RemoteRepository repository = remote();
            var uri = repository.uri(path(file));
            try {
                http.get(uri, repository.headers(), body -> cache.put(file, body));
                return Optional.empty();
            } catch (HttpFailedException | WrongBytesException e) {
                return Optional.of(new Miss(file, uri.toString(), e.getMessage()));
            }
        } catch (MavenUnusableException | IllegalArgumentException e) {
            return Optional.of(new Miss(file, "this machine's Maven repository", e.getMessage()));
        }
    }

    private synchronized RemoteRepository remote() throws MavenUnusableException, IOException {
        if (remote.isEmpty()) {
            remote = Optional.of(RemoteRepository.of(machine));
        }
        return remote.get();
    }

    private static boolean isMaven(LockedFile file) {
        return file.from() instanceof Locator.Package p && p.purl().getType().equals("maven");
    }
}
