package dev.quorate.agent;

import dev.quorate.agent.build.BuildResult;
import dev.quorate.agent.build.TrialRun;
import dev.quorate.agent.sandbox.Trees;
import dev.quorate.inputs.FileCache;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.spec.RebuildSpec;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code agent trial}: one build with network through a recording mirror, for making a lock. */
final class Trial {
    private static final int BUILT = 0;
    private static final int FAILED = 1;

    private Trial() {}

    static int run(List<String> arguments)
            throws ConfigurationException, MalformedException, IOException, InterruptedException {
        Options options = Options.parse(arguments, Set.of("--spec", "--cache", "--mirror", "--dir"), Set.of());
        Path file = Path.of(options.need("--spec"));
        var cache = new FileCache(Path.of(options.need("--cache")));
        URI mirror = mirror(options.need("--mirror"));
        Path data = Path.of(options.need("--dir")).toAbsolutePath().normalize();
        RebuildSpec spec = RebuildSpec.parse(bytes(file), file.toString());
        if (!spec.isLocked()) {
            throw new ConfigurationException(file + ": environment and sources must be locked before a trial");
        }
        Path directory = data.resolve("trial");
        DirectoryLock lock = DirectoryLock.take(data);
        try {
            Trees.delete(directory);
            BuildResult result = TrialRun.run(
                    spec,
                    digest -> cache.find(digest)
                            .orElseThrow(() -> new IllegalArgumentException("the cache does not hold " + digest)),
                    mirror,
                    data,
                    Files.createDirectories(directory));
            return report(result);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()));
        } finally {
            lock.close();
        }
    }

    private static int report(BuildResult result) {
        return switch (result) {
            case BuildResult.Built built -> {
                System.err.println("the trial build made "
                        + built.outputs().outputs().size() + " outputs in "
                        + built.duration().toSeconds() + " s");
                yield BUILT;
            }
            case BuildResult.Failed failed -> {
                System.err.println("the trial build failed: " + failed.failure() + ": " + Printable.of(failed.detail())
                        + "; its log is " + failed.log());
                yield FAILED;
            }
        };
    }

    private static URI mirror(String text) throws ConfigurationException {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("--mirror must be a URL like http://127.0.0.1:8081/");
        }
    }

    private static byte[] bytes(Path file) throws ConfigurationException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(RebuildSpec.MAX_BYTES + 1);
        } catch (IOException e) {
            throw new ConfigurationException(file + ": cannot be read; check the path and its permissions");
        }
    }
}
