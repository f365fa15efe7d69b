package dev.quorate.it.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.quorate.cli.Main;
import dev.quorate.it.cluster.Processes;
import dev.quorate.it.hosts.SoftwareTpm;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TrustRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three root key holders, each at a machine whose network namespace has no interface that is up; files go from one
 * directory to the other by hand. One key is in a file, one on a token, one in a TPM, and all three must sign.
 */
class OfflineCeremonyTest {
    private static final int PATIENCE_SECONDS = 120;

    @TempDir
    Path directory;

    /** A machine without a network. */
    private record Machine(Path home) {
        Machine {
            try {
                Files.createDirectories(home);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        String quorate(String... words) throws Exception {
            List<String> command = new ArrayList<>(isolated());
            command.addAll(Processes.java(Main.class, List.of(words)).command());
            return ran(command);
        }

        String ran(List<String> command) throws Exception {
            Path out = home.resolve("out");
            Process process = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            String said = Files.readString(out);
            assertTrue(ended && process.exitValue() == 0, said);
            return said;
        }

        void carry(String file, Machine other) throws IOException {
            Files.copy(home.resolve(file), other.home.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** A user who is not root becomes it in a namespace of their own first. */
    private static List<String> isolated() {
        return List.of("unshare", "--map-root-user", "--net");
    }

    private static void needNamespaces() throws Exception {
        List<String> command = new ArrayList<>(isolated());
        command.add("true");
        boolean there = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
        String sentence = "unshare makes no network namespace here";
        if ("true".equals(System.getenv("CI"))) {
            assertTrue(there, sentence);
        }
        assumeTrue(there, sentence);
    }

    @Test
    void threeHoldersSignOnMachinesWithoutANetwork() throws Exception {
        needNamespaces();
        SoftToken.need();
        SoftwareTpm.need();
        var jane = new Machine(directory.resolve("jane"));
        var omar = new Machine(directory.resolve("omar"));
        var mei = new Machine(directory.resolve("mei"));
        SoftToken token = SoftToken.make("c-" + UUID.randomUUID().toString().substring(0, 8), omar.home());
        try (SoftwareTpm tpm = SoftwareTpm.make(mei.home().resolve("t"))) {
            List<String> look = new ArrayList<>(isolated());
            look.addAll(List.of("cat", "/proc/net/dev", "/proc/net/fib_trie"));
            String network = jane.ran(look);
            assertEquals(1, network.split(": ", -1).length - 1, "there is loopback alone: " + network);
            assertFalse(network.contains("127."), "and it has no address, because it is not up: " + network);

            jane.quorate("trust", "key", "-o", "jane");
            omar.quorate("trust", "key", "--pkcs11", token.key("omar"), "-o", "omar");
            mei.quorate("trust", "key", "--tpm", "0,7", "--tcti", tpm.tcti(), "-o", "mei");
            omar.carry("omar.pub", jane);
            mei.carry("mei.pub", jane);
            jane.quorate(
                    "trust",
                    "init",
                    "--root-key",
                    "jane=jane.pub",
                    "--root-key",
                    "omar=omar.pub",
                    "--root-key",
                    "mei=mei.pub",
                    "--threshold",
                    "3",
                    "--expires",
                    "365d",
                    "-o",
                    "trust.json");
            jane.quorate("trust", "sign", "trust.json", "--key", "jane");
            jane.carry("trust.json", omar);
            omar.quorate("trust", "sign", "trust.json", "--key", token.key("omar"));
            omar.carry("trust.json", mei);
            assertTrue(verified(omar).isEmpty(), "two of three");
            String last = mei.quorate("trust", "sign", "trust.json", "--key", "tpm:mei");
            assertTrue(last.contains("signed by mei"), last);
            assertTrue(verified(mei).isPresent(), "three of three");
        }
    }

    private static Optional<TrustRoot> verified(Machine machine) throws Exception {
        return SignedTrust.parse(Files.readAllBytes(machine.home().resolve("trust.json")), "trust.json")
                .verifyAlone();
    }
}
