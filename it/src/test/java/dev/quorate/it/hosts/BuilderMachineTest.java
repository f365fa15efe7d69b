package dev.quorate.it.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.agent.Main;
import dev.quorate.agent.image.VerityTree;
import dev.quorate.cli.ExitCode;
import dev.quorate.digest.Sha256;
import dev.quorate.it.cluster.CommandLine;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A builder that is a virtual machine: its image is the same each time it is made, its reference values are those that it
 * measures, and of two images that differ in one byte only the one in the trust root counts.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BuilderMachineTest {
    private static final Path HOME =
            Path.of(System.getProperty("quorate.home", "..")).toAbsolutePath().normalize();
    private static final List<String> FILES =
            List.of("cmdline", "initrd", "lock.json", "reference.json", "root.img", "vmlinuz");

    private Path directory;
    private Path image;

    @BeforeAll
    void make(@TempDir Path temporary) throws Exception {
        SoftwareTpm.need();
        NetworkNamespace.need();
        BuilderMachine.need();
        directory = temporary;
        image = made("image");
    }

    @Test
    void theSamePackagesGiveTheSameImage() throws Exception {
        Path again = made("again", "--lock", image.resolve("lock.json").toString());
        assertEquals(digests(image), digests(again));
    }

    @Test
    void onlyTheImageOfTheTrustRootCounts() throws Exception {
        Path here = Files.createDirectory(directory.resolve("hosts"));
        try (IndependentHosts hosts = IndependentHosts.withMachine(here, image)) {
            hosts.startAgent(2);
            hosts.startAgent(3);
            CommandLine.Result first = round(hosts, "first");
            assertEquals(
                    ExitCode.OK, first.code(), () -> first + hosts.machine().console());
            assertTrue(
                    line(first.out(), "b1").contains("measured (TPM, profile builder-machine)"),
                    () -> first + hosts.machine().console());
            hosts.machine().serve(changed());
            CommandLine.Result second = round(hosts, "second");
            assertEquals(
                    ExitCode.OK, second.code(), () -> second + hosts.machine().console());
            assertTrue(
                    line(second.out(), "b1").contains("PCR_UNEXPECTED: PCR 9"),
                    () -> second + hosts.machine().console());
        }
    }

    private static CommandLine.Result round(IndependentHosts hosts, String name) throws Exception {
        return hosts.commandLine.run("status", hosts.submitRealBuild(name), "--watch");
    }

    /** One byte of the root, its time of making, is another; tree and command line are adapted. */
    private Path changed() throws IOException {
        Path changed = Files.createDirectory(directory.resolve("changed"));
        for (String name : FILES) {
            Files.copy(image.resolve(name), changed.resolve(name));
        }
        String commandLine = Files.readString(image.resolve("cmdline"));
        String word = commandLine.substring(commandLine.lastIndexOf(' ') + 1);
        long blocks = Long.parseLong(word.substring(word.indexOf('=') + 1, word.indexOf(':')));
        try (var root = new RandomAccessFile(changed.resolve("root.img").toFile(), "rw")) {
            root.setLength(4096 * blocks);
            root.seek(8);
            int old = root.read();
            root.seek(8);
            root.write(old ^ 1);
        }
        String other = VerityTree.append(changed.resolve("root.img")).word();
        Files.writeString(changed.resolve("cmdline"), commandLine.replace(word, other));
        return changed;
    }

    @Test
    void aLockOfAnotherProgramMakesNothing() throws Exception {
        Path lock = directory.resolve("other.json");
        String other = Files.readString(image.resolve("lock.json"))
                .replaceAll("\"program\":\"[0-9a-f]*\"", "\"program\":\"" + "00".repeat(32) + "\"");
        Files.writeString(lock, other);
        Path log = directory.resolve("other.log");
        assertEquals(2, exit("other", log, "--lock", lock.toString()), () -> read(log));
        assertTrue(read(log).contains(lock + ": program: the image was made by another build"), () -> read(log));
        assertFalse(Files.exists(directory.resolve("other")));
    }

    private Path made(String name, String... more) throws Exception {
        Path log = directory.resolve(name + ".log");
        assertEquals(0, exit(name, log, more), () -> read(log));
        return directory.resolve(name);
    }

    private int exit(String name, Path log, String... more) throws Exception {
        Path agent = HOME.resolve("builder-agent/target");
        assertTrue(Files.isDirectory(agent.resolve("lib")), "mvn package must have been run before");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                agent.resolve("classes") + ":" + agent.resolve("lib") + "/*",
                Main.class.getName(),
                "image",
                "--out",
                directory.resolve(name).toString(),
                "--cache",
                HOME.resolve("it/target/endtoend/cache").toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertTrue(process.waitFor(20, TimeUnit.MINUTES), () -> read(log));
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Map<String, Sha256> digests(Path image) throws IOException {
        Map<String, Sha256> digests = new TreeMap<>();
        for (String name : FILES) {
            digests.put(name, Sha256.of(Files.readAllBytes(image.resolve(name))));
        }
        return digests;
    }

    private static String line(String text, String builder) {
        return text.lines()
                .filter(line -> line.strip().startsWith(builder + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(text));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
