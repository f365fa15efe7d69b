package dev.quorate.it.hosts;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A TPM 2.0 in software (swtpm), with an endorsement certificate of a maker of its own. */
public final class SoftwareTpm implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 600;

    private final Path directory;
    private Process server;

    private SoftwareTpm(Path directory, Process server) {
        this.directory = directory;
        this.server = server;
    }

    /** Skips the test where a program is missing, and fails it in CI. */
    public static void need() {
        for (String tool : List.of("swtpm", "swtpm_setup", "swtpm_localca", "tpm2_activatecredential")) {
            boolean there = Files.isExecutable(Path.of("/usr/bin", tool));
            String sentence = tool + " is missing: apt-get install swtpm swtpm-tools tpm2-tools, or run ./quorate test";
            if ("true".equals(System.getenv("CI"))) {
                assertTrue(there, sentence);
            }
            assumeTrue(there, sentence);
        }
    }

    /** Makes a TPM and its maker in an empty directory, and serves it there. */
    public static SoftwareTpm make(Path directory) throws IOException, InterruptedException {
        return new SoftwareTpm(directory, serve(directory, manufacture(directory)));
    }

    /** Makes a TPM and its maker in an empty directory; gives the directory of its state. */
    static Path manufacture(Path directory) throws IOException, InterruptedException {
        Path ca = Files.createDirectories(directory.resolve("maker"));
        Path state = Files.createDirectories(directory.resolve("state"));
        Path authority = Files.writeString(
                directory.resolve("localca.conf"),
                "statedir = %1$s%nsigningkey = %1$s/key.pem%nissuercert = %1$s/issuer.pem%ncertserial = %1$s/serial%n"
                        .formatted(ca));
        Path options = Files.writeString(
                directory.resolve("localca.options"),
                "--platform-manufacturer Quorate\n--platform-version 1\n--platform-model test\n");
        Path setup = Files.writeString(
                directory.resolve("setup.conf"),
                "create_certs_tool = /usr/bin/swtpm_localca%ncreate_certs_tool_config = %s%ncreate_certs_tool_options = %s%n"
                        .formatted(authority, options));
        Process made = new ProcessBuilder(
                        "swtpm_setup",
                        "--tpm2",
                        "--tpmstate",
                        state.toString(),
                        "--create-ek-cert",
                        "--pcr-banks",
                        "sha256",
                        "--config",
                        setup.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("setup.log").toFile())
                .start();
        if (!made.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || made.exitValue() != 0) {
            made.destroyForcibly();
            throw new AssertionError(Files.readString(directory.resolve("setup.log")));
        }
        return state;
    }

    private static Process serve(Path directory, Path state) throws IOException, InterruptedException {
        Process server = new ProcessBuilder(
                        "swtpm",
                        "socket",
                        "--tpm2",
                        "--tpmstate",
                        "dir=" + state,
                        "--server",
                        "type=unixio,path=" + directory.resolve("tpm"),
                        "--ctrl",
                        "type=unixio,path=" + directory.resolve("tpm.ctrl"),
                        "--flags",
                        "not-need-init,startup-clear")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("swtpm.log").toFile())
                .start();
        for (int tenths = 0; tenths < 10 * PATIENCE_SECONDS; tenths++) {
            if (Files.exists(directory.resolve("tpm")) && Files.exists(directory.resolve("tpm.ctrl"))) {
                return server;
            } else if (server.waitFor(100, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("swtpm: " + Files.readString(directory.resolve("swtpm.log")));
            }
        }
        server.destroyForcibly();
        throw new AssertionError("swtpm does not listen");
    }

    /** Starts it again, as the machine does when it is started again: registers are zero, and the reset is counted. */
    public void restart() throws IOException, InterruptedException {
        run("tpm2_shutdown", "--clear");
        close();
        Files.deleteIfExists(directory.resolve("tpm"));
        Files.deleteIfExists(directory.resolve("tpm.ctrl"));
        server = serve(directory, directory.resolve("state"));
    }

    /** How tpm2-tools reach it. */
    public String tcti() {
        return "swtpm:path=" + directory.resolve("tpm");
    }

    /** The certificate that issued the endorsement certificate, PEM. */
    public String maker() throws IOException {
        return Files.readString(directory.resolve("maker/issuer.pem"));
    }

    /** Runs a command of tpm2-tools. */
    public void run(String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(Map.of("TPM2TOOLS_TCTI", tcti()));
        Process process =
                builder.redirectOutput(directory.resolve("said").toFile()).start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError(Files.readString(directory.resolve("said")));
        }
    }

    @Override
    public void close() {
        server.destroy();
        try {
            if (!server.waitFor(30, TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
