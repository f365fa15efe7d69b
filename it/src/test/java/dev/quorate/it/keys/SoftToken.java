package dev.quorate.it.keys;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A PKCS#11 token in software. All tokens of this JVM and of the processes that it starts are in one directory, which
 * {@code SOFTHSM2_CONF} names; the build sets it.
 *
 * @param pin the file that its PIN is in
 */
record SoftToken(String label, Path pin) {
    private static final Path MODULE = Path.of("/usr/lib/softhsm/libsofthsm2.so");
    private static final Path PROGRAM = Path.of("/usr/bin/softhsm2-util");
    private static final int PATIENCE_SECONDS = 120;

    /** Skips the test where SoftHSM is missing, and fails it in CI. */
    static void need() {
        boolean there = Files.isExecutable(PROGRAM) && Files.isReadable(MODULE);
        String sentence = "SoftHSM is missing: apt-get install softhsm2, or run ./quorate test";
        if ("true".equals(System.getenv("CI"))) {
            assertTrue(there, sentence);
        }
        assumeTrue(there, sentence);
    }

    /** Makes a token; its PIN's file is in the directory. */
    static SoftToken make(String label, Path directory) throws IOException, InterruptedException {
        Path configuration = Path.of(System.getenv("SOFTHSM2_CONF"));
        Path tokens = Files.createDirectories(configuration.resolveSibling("tokens"));
        Files.writeString(configuration, "directories.tokendir = " + tokens + "\nlog.level = ERROR\n");
        Path log = directory.resolve(label + ".log");
        Process made = new ProcessBuilder(List.of(
                        PROGRAM.toString(),
                        "--init-token",
                        "--free",
                        "--label",
                        label,
                        "--so-pin",
                        "12345678",
                        "--pin",
                        "2468"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!made.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || made.exitValue() != 0) {
            made.destroyForcibly();
            throw new AssertionError(Files.readString(log));
        }
        return new SoftToken(label, secret(directory.resolve(label + ".pin"), "2468\n"));
    }

    /** Writes a file for its owner alone. */
    static Path secret(Path file, String content) throws IOException {
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** Names a key on it. */
    String key(String object) {
        return key(object, pin);
    }

    String key(String object, Path pinSource) {
        return "pkcs11:token=" + label + ";object=" + object + "?module-path=" + MODULE + "&pin-source=file:"
                + pinSource;
    }
}
