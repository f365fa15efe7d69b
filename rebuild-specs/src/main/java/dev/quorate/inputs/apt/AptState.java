package dev.quorate.inputs.apt;

import dev.quorate.inputs.process.Command;
import dev.quorate.inputs.process.CommandFailedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** apt's private directory for one suite and architecture, and its programs run over it. */
final class AptState {
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final int MOST_TEXT = 16 << 20;
    // Hooks would touch the machine; the rest is what this class decides itself.
    private static final Pattern LEFT_OUT = Pattern.compile(
            "(?i)(APT::Update::(Pre|Post)-Invoke|DPkg::|Acquire::IndexTargets|Acquire::Languages|APT::Architecture"
                    + "|APT::NeverAutoRemove|APT::Build-Profiles|APT::Default-Release|Dir::State|Dir::Cache"
                    + "|Dir::Etc::(source|pref|parts|main)|APT::(Install|Sandbox)|APT::Get::).*");
    private static final ReentrantLock WITHIN_PROCESS = new ReentrantLock();

    private final Path directory;
    private final Map<String, String> environment;

    private AptState(Path directory) {
        this.directory = directory;
        this.environment = environment(directory.resolve("apt.conf"));
    }

    /** Writes the configuration; the indices stay as an earlier run left them. */
    static AptState open(Path directory, String sources, String architecture) throws IOException, InterruptedException {
        Path root = directory.toAbsolutePath();
        for (String name : List.of("lists/partial", "cache/archives/partial", "downloads")) {
            Files.createDirectories(root.resolve(name));
        }
        replace(root.resolve("status"), "");
        replace(root.resolve("debian.sources"), sources);
        replace(root.resolve("apt.conf"), machineConfiguration(root) + ownConfiguration(root, architecture));
        return new AptState(root);
    }

    /** Where downloads may lie for a while. */
    Path downloads() {
        return directory.resolve("downloads");
    }

    boolean hasIndices() throws IOException {
        try (Stream<Path> lists = Files.list(directory.resolve("lists"))) {
            return lists.anyMatch(list -> list.getFileName().toString().contains("_Packages"));
        }
    }

    /** {@code apt-get update}, one at a time. */
    void update() throws IOException, InterruptedException, AptUnusableException {
        WITHIN_PROCESS.lockInterruptibly();
        try (FileChannel channel = FileChannel.open(
                        directory.resolve("update.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid()) {
                text(List.of("apt-get", "-q", "update"));
            }
            // apt ends well even where it could not keep what it read.
            if (!hasIndices()) {
                throw new AptUnusableException("apt read the archive's indices and could not keep them below "
                        + directory + "; check the space there, and that the mirror has the suite");
            }
        } catch (CommandFailedException e) {
            throw new AptUnusableException(
                    "apt could not read the archive's indices: " + e.getMessage()
                            + "; check sources.list(5), the network and the keyrings",
                    e);
        } finally {
            WITHIN_PROCESS.unlock();
        }
    }

    String text(List<String> arguments) throws IOException, InterruptedException {
        return command(arguments).text(MOST_TEXT);
    }

    Command command(List<String> arguments) {
        return new Command(arguments, environment, directory, LIMIT);
    }

    private static String machineConfiguration(Path root) throws IOException, InterruptedException {
        Map<String, String> environment = environment(Path.of("/dev/null"));
        return new Command(List.of("apt-config", "dump"), environment, root, LIMIT)
                .text(MOST_TEXT)
                .lines()
                .filter(line -> !LEFT_OUT.matcher(line).matches())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String ownConfiguration(Path root, String architecture) {
        return """
                Dir::State "%1$s";
                Dir::State::lists "%1$s/lists";
                Dir::State::status "%1$s/status";
                Dir::Cache "%1$s/cache";
                Dir::Cache::archives "%1$s/cache/archives";
                Dir::Cache::pkgcache "";
                Dir::Cache::srcpkgcache "";
                Dir::Etc::sourcelist "%1$s/debian.sources";
                Dir::Etc::sourceparts "/dev/null";
                Dir::Etc::preferences "/dev/null";
                Dir::Etc::preferencesparts "/dev/null";
                Dir::Etc::Parts "/dev/null";
                Dir::Etc::main "/dev/null";
                APT::Architecture "%2$s";
                APT::Architectures:: "%2$s";
                APT::Install-Recommends "false";
                APT::Install-Suggests "false";
                APT::Sandbox::User "root";
                Acquire::Languages "none";
                """.formatted(root, architecture);
    }

    private static Map<String, String> environment(Path configuration) {
        Map<String, String> environment = new HashMap<>();
        environment.put("APT_CONFIG", configuration.toString());
        environment.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("HOME", "/nonexistent");
        for (String proxy : List.of("http_proxy", "https_proxy", "no_proxy", "all_proxy")) {
            String value = System.getenv(proxy);
            if (value != null) {
                environment.put(proxy, value);
            }
        }
        return environment;
    }

    private static void replace(Path file, String text) throws IOException {
        Path next = Files.createTempFile(file.getParent(), "new", ".tmp");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
