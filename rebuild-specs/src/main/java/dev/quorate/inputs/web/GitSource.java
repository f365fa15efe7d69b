package dev.quorate.inputs.web;

import dev.quorate.inputs.FileCache;
import dev.quorate.inputs.InputSource;
import dev.quorate.inputs.StoredFile;
import dev.quorate.inputs.WrongBytesException;
import dev.quorate.inputs.process.Command;
import dev.quorate.inputs.process.CommandFailedException;
import dev.quorate.spec.Locator;
import dev.quorate.spec.LockedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Trees of Git commits as {@code git archive} writes them. Fetches exactly one commit, without its history, hooks,
 * submodules or filters of this machine's user.
 */
public final class GitSource implements InputSource {
    private static final long LARGEST = 4L << 30;
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final int MOST_TEXT = 1 << 20;

    private final Path directory;

    /** A source that works in a directory of its own. */
    public GitSource(Path directory) {
        this.directory = directory;
    }

    @Override
    public List<Miss> fetch(List<LockedFile> wanted, FileCache cache) throws IOException, InterruptedException {
        List<Miss> misses = new ArrayList<>();
        for (LockedFile file : wanted) {
            if (file.from() instanceof Locator.Git git) {
                try {
                    archive(git, tar -> cache.put(file, tar));
                } catch (HttpFailedException | WrongBytesException e) {
                    misses.add(new Miss(file, git.toString(), e.getMessage()));
                }
            }
        }
        return misses;
    }

    /** Takes a commit's tree as a tar archive, for making a lock. */
    public StoredFile add(Locator.Git git, FileCache cache)
            throws HttpFailedException, WrongBytesException, IOException, InterruptedException {
        return archive(git, tar -> cache.add(git.toString(), tar, LARGEST));
    }

    private <T> T archive(Locator.Git git, HttpFiles.Taker<T> taker)
            throws HttpFailedException, WrongBytesException, IOException, InterruptedException {
        String address = PublicAddress.of(git.repository()).getHostAddress();
        Files.createDirectories(directory);
        Path clone = Files.createTempDirectory(directory.toAbsolutePath(), "git");
        try {
            git(clone, List.of("init", "-q", "--bare", "."));
            git(clone, fetchArguments(git, address));
            var archive = command(clone, List.of("archive", "--format=tar", git.commit()));
            return archive.run(tar -> take(tar, taker));
        } catch (CommandFailedException e) {
            throw new HttpFailedException(e.getMessage(), e);
        } catch (IOException e) {
            if (e.getCause() instanceof WrongBytesException wrong) {
                throw wrong;
            }
            throw e;
        } finally {
            remove(clone);
        }
    }

    private static <T> T take(InputStream tar, HttpFiles.Taker<T> taker) throws IOException, WrongBytesException {
        return taker.take(tar);
    }

    private static List<String> fetchArguments(Locator.Git git, String address) {
        var uri = git.repository();
        int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
        String literal = address.contains(":") ? "[" + address + "]" : address;
        List<String> arguments = new ArrayList<>();
        // The address that was looked at is the one that is spoken to, whatever the name says a moment later.
        if (!uri.getHost().startsWith("[")) {
            option(arguments, "http.curloptResolve=" + uri.getHost() + ":" + port + ":" + literal);
        }
        arguments.addAll(
                List.of("fetch", "-q", "--depth=1", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head"));
        arguments.addAll(List.of("--end-of-options", uri.toString(), git.commit()));
        return arguments;
    }

    private static void option(List<String> arguments, String setting) {
        arguments.add("-c");
        arguments.add(setting);
    }

    private void git(Path clone, List<String> arguments) throws IOException, InterruptedException {
        command(clone, arguments).text(MOST_TEXT);
    }

    private static Command command(Path clone, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("/usr/bin/git"));
        option(all, "protocol.allow=never");
        option(all, "protocol.https.allow=always");
        option(all, "protocol.http.allow=always");
        option(all, "http.followRedirects=false");
        option(all, "credential.helper=");
        option(all, "core.hooksPath=/dev/null");
        option(all, "fetch.fsckObjects=true");
        option(all, "tar.umask=0022");
        option(all, "core.attributesFile=/dev/null");
        all.addAll(arguments);
        Map<String, String> environment = Map.of(
                "PATH", "/usr/bin:/bin",
                "HOME", "/nonexistent",
                "LC_ALL", "C.UTF-8",
                "TZ", "UTC",
                "GIT_CONFIG_NOSYSTEM", "1",
                "GIT_CONFIG_GLOBAL", "/dev/null",
                "GIT_TERMINAL_PROMPT", "0",
                "GIT_ASKPASS", "/bin/false",
                "GIT_DIR", clone.toString());
        return new Command(all, environment, clone, LIMIT);
    }

    private static void remove(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
