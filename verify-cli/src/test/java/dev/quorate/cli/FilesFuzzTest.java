package dev.quorate.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.quorate.fixture.Vectors;
import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.json.MalformedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Files that somebody was given, through the commands that read them: none ends a command in an error of its own. */
class FilesFuzzTest implements Fuzzed {
    private static final String VECTOR = "agreement_ok";
    private static final String WAIVERS = """
            waivers:
              - {release: "hello@2.10-3", reason: known, expires: "2026-12-24T00:00:00Z"}
              - {artifact: %s, reason: known, expires: "2026-12-24T00:00:00Z"}
            """.formatted("a".repeat(64));
    private static final String SPEC = """
            format: quorate/rebuild/v1
            name: hello
            version: "2.10"
            platform: linux/amd64
            environment: {debian: bookworm}
            sources: [{inline: hello.c, text: "int main;"}]
            build: {kind: script, directory: /build/hello, script: make}
            outputs: [hello]
            limits: {time: 1m, memory: 1GiB, disk: 1GiB, log: 1MiB}
            """;
    private static final String[] VERIFY = {
        "verify", "artifact", "--kit", "kit.sigstore.jsonl", "--trust", "trust.json", "--policy", "policy.yaml"
    };
    private static final String[] GATE = {
        "gate",
        "artifact",
        "--kit",
        "kit.sigstore.jsonl",
        "--trust",
        "trust.json",
        "--policy",
        "policy.yaml",
        "--waivers",
        "waivers.yaml"
    };

    private final Path directory;
    private final Shell shell;

    FilesFuzzTest() throws IOException, MalformedException {
        directory = Files.createTempDirectory("fuzz");
        Runtime.getRuntime().addShutdownHook(new Thread(this::remove));
        shell = new Shell(directory).at(() -> Vectors.now(VECTOR));
        for (String name : List.of("artifact", "kit.sigstore.jsonl", "trust.json", "policy.yaml")) {
            shell.write(name, Vectors.file(VECTOR, name));
        }
        shell.write("waivers.yaml", WAIVERS);
    }

    private void remove() {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> all = new ArrayList<>(files.toList());
            for (Path path : all.reversed()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Target> targets() {
        return List.of(
                command("policy.yaml", VERIFY),
                command("trust.json", VERIFY),
                command("kit.sigstore.jsonl", "explain", "--kit", "kit.sigstore.jsonl"),
                command("waivers.yaml", GATE),
                command("hello.rebuild.yaml", "spec", "check", "hello.rebuild.yaml"));
    }

    private Target command(String file, String... words) {
        byte[] good = switch (file) {
            case "waivers.yaml" -> WAIVERS.getBytes(StandardCharsets.UTF_8);
            case "hello.rebuild.yaml" -> SPEC.getBytes(StandardCharsets.UTF_8);
            default -> Vectors.file(VECTOR, file);
        };
        return Target.of("command-" + words[0] + "-" + file, bytes -> run(file, bytes, good, words), good)
                .costly();
    }

    /** The command ends as it promises, and shows a terminal nothing but lines of text. */
    private void run(String file, byte[] bytes, byte[] good, String... words) throws IOException {
        shell.write(file, bytes);
        try {
            Shell.Said said = shell.run(words);
            assertNotEquals(ExitCode.INTERNAL, said.code(), said.err());
            assertFalse(
                    (said.out() + said.err()).chars().anyMatch(c -> c != '\n' && Character.isISOControl(c)),
                    said.err());
        } finally {
            shell.write(file, good);
        }
    }
}
