package dev.quorate.it.peers;

import dev.quorate.digest.Sha256;
import dev.quorate.inputs.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Packages of a Debian suite with all that they need, unpacked; their programs run in it without a network. */
public record DebianTree(Path root) {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C");
    private static final Duration UNPACKING = Duration.ofMinutes(5);
    private static final Duration RUNNING = Duration.ofMinutes(5);
    private static final String MERGE_USR = "/usr/share/mmdebstrap/hooks/merged-usr";

    /** The tools that only Debian unstable has. */
    public static DebianTree sid() throws IOException, InterruptedException {
        return of("unstable", "cosign", "repro-threshold");
    }

    /** apt with in-toto's transport. */
    static DebianTree apt() throws IOException, InterruptedException {
        return of("bookworm", "apt", "apt-transport-in-toto", "coreutils", "dash", "gnupg2", "sed");
    }

    /** The tree, unpacked now if it is not in the cache. */
    public static DebianTree of(String suite, String... packages) throws IOException, InterruptedException {
        String wanted = String.join(",", packages);
        String name = suite + "-" + Sha256.of(wanted).hex().substring(0, 12);
        return new DebianTree(PeerCache.entry(name, directory -> unpack(suite, wanted, directory)));
    }

    /** No package's scripts run, so that this takes seconds. */
    private static void unpack(String suite, String packages, Path directory) throws IOException, InterruptedException {
        String source =
                "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] " + mirror() + " " + suite + " main";
        List<String> words = List.of(
                "/usr/bin/mmdebstrap",
                "--quiet",
                "--variant=extract",
                "--hook-dir=" + MERGE_USR,
                "--include=" + packages,
                // A mirror may be a snapshot, whose index is as old as it is.
                "--aptopt=Acquire::Check-Valid-Until \"false\"",
                suite,
                directory.toString(),
                source);
        new Command(words, ENVIRONMENT, directory, UNPACKING).text(1 << 20);
    }

    /** The mirror of its own release's main archive that this machine's apt has. */
    private static String mirror() throws IOException, InterruptedException {
        List<String> words = List.of(
                "/usr/bin/apt-get",
                "indextargets",
                "--format",
                "$(RELEASE) $(COMPONENT) $(REPO_URI)",
                "Created-By: Packages");
        String targets = new Command(words, ENVIRONMENT, Path.of("/"), RUNNING).text(1 << 20);
        return targets.lines()
                .map(line -> line.split(" "))
                .filter(word -> word.length == 3 && word[0].equals(codename()) && word[1].equals("main"))
                .map(word -> word[2])
                .findFirst()
                .orElseThrow(() -> new IOException("apt's sources name no mirror of this machine's own release"));
    }

    private static String codename() {
        try (var lines = Files.lines(Path.of("/etc/os-release"))) {
            return lines.filter(line -> line.startsWith("VERSION_CODENAME="))
                    .map(line -> line.substring(line.indexOf('=') + 1))
                    .findFirst()
                    .orElse("stable");
        } catch (IOException e) {
            return "stable";
        }
    }

    /** A program of the tree, for the host to start. */
    public Path program(String name) {
        return root.resolve("usr/bin").resolve(name);
    }

    /** Runs a program of the tree in a directory, the only one of the host that it sees and may write to. */
    Ran run(Path directory, List<String> words) throws IOException, InterruptedException {
        return run(directory, List.of(), words);
    }

    /** The same with the directory's own {@code etc} as the system's, and with this machine's loopback interface. */
    Ran runConnected(Path directory, List<String> words) throws IOException, InterruptedException {
        Path etc = directory.resolve("etc");
        return run(directory, List.of("--share-net", "--bind", etc.toString(), "/etc"), words);
    }

    private Ran run(Path directory, List<String> more, List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/bwrap", "--unshare-all", "--die-with-parent"));
        command.addAll(more);
        command.addAll(List.of("--ro-bind", root.resolve("usr").toString(), "/usr"));
        for (String link : List.of("bin", "sbin", "lib", "lib64")) {
            command.addAll(List.of("--symlink", "usr/" + link, "/" + link));
        }
        command.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--setenv", "HOME", "/tmp"));
        command.addAll(List.of("--bind", directory.toString(), "/given", "--chdir", "/given", "--"));
        command.addAll(words);
        return Ran.of(new Command(command, ENVIRONMENT, directory, RUNNING));
    }
}
