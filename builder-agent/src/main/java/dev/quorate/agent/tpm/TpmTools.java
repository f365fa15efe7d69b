package dev.quorate.agent.tpm;

import dev.quorate.json.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs one command of tpm2-tools.
 *
 * @param tcti how to reach the TPM, as {@code TPM2TOOLS_TCTI} has it: {@code device:/dev/tpmrm0},
 *     {@code swtpm:path=/run/tpm}
 * @param directory where commands read and write their files
 */
record TpmTools(String tcti, Path directory) {
    private static final int SECONDS = 60;
    private static final int MOST_COMPLAINT = 16 * 1024;

    /**
     * Runs a command to its end.
     *
     * @return whether it succeeded
     */
    boolean tries(String... command) throws IOException, InterruptedException {
        return run(command).isEmpty();
    }

    /**
     * Runs a command that has to succeed.
     *
     * @throws TpmException with the TPM's words if it does not
     */
    void run(List<String[]> commands) throws IOException, InterruptedException {
        for (String[] command : commands) {
            String complaint = run(command);
            if (!complaint.isEmpty()) {
                throw new TpmException(command[0] + " failed: " + Printable.of(complaint));
            }
        }
    }

    /** The complaint; empty after success. */
    private String run(String... command) throws IOException, InterruptedException {
        Path said = directory.resolve("said");
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("TPM2TOOLS_TCTI", tcti);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new TpmException(command[0] + " cannot be run; install tpm2-tools");
        }
        try {
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw new TpmException(command[0] + " did not end within " + SECONDS + " s");
            }
            return process.exitValue() == 0 ? "" : complaint(said);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String complaint(Path said) throws IOException {
        try (InputStream in = Files.newInputStream(said)) {
            List<String> lines = new String(in.readNBytes(MOST_COMPLAINT), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return lines.stream()
                    .filter(line -> line.startsWith("ERROR"))
                    .findFirst()
                    .or(() -> lines.stream().findFirst())
                    .orElse("it says nothing");
        }
    }
}
