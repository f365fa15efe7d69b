package dev.quorate.tpm;

import dev.quorate.inputs.process.Command;
import dev.quorate.inputs.process.CommandFailedException;
import dev.quorate.json.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs commands of tpm2-tools, one at a time.
 *
 * @param tcti how to reach the TPM
 * @param directory where commands read and write their files
 */
public record Tpm2Tools(String tcti, Path directory) {
    /** Persistent handle of the attestation key that enrolment makes. */
    public static final String ATTESTATION_KEY = "0x8101514b";

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MOST_OUTPUT = 1 << 20;
    private static final Pattern CODE = Pattern.compile("\\(0x([0-9a-f]{1,8})\\)");
    /** Bit 7 says that the number of a handle, session or parameter is in the bits above; what remains is the error. */
    private static final int FORMAT_ONE = 0x80;

    private static final int ERROR = 0xbf;
    private static final int POLICY_FAIL = 0x9d;

    /**
     * Runs a command that has to succeed.
     *
     * @return its standard output
     * @throws TpmException with the TPM's words if it does not
     */
    public String run(String... command) throws TpmException, InterruptedException {
        if (!hasResourceManager(tcti)) {
            flush();
        }
        return start(command);
    }

    /**
     * Runs a command that may fail.
     *
     * @return whether it succeeded
     */
    public boolean tries(String... command) throws InterruptedException {
        try {
            run(command);
            return true;
        } catch (TpmException e) {
            return false;
        }
    }

    /** There may be nothing to flush. */
    private void flush() throws InterruptedException {
        try {
            start("tpm2_flushcontext", "-t");
        } catch (TpmException e) {
            // What is wrong with the TPM, the command itself says better.
            return;
        }
    }

    static boolean hasResourceManager(String tcti) {
        return tcti.startsWith("device:/dev/tpmrm") || tcti.startsWith("tabrmd");
    }

    private String start(String... command) throws TpmException, InterruptedException {
        try {
            return new Command(List.of(command), Map.of("TPM2TOOLS_TCTI", tcti), directory, LIMIT).text(MOST_OUTPUT);
        } catch (CommandFailedException e) {
            throw failure(command[0], e);
        } catch (IOException e) {
            throw new TpmException(command[0] + " cannot be run; install tpm2-tools");
        }
    }

    private static TpmException failure(String program, CommandFailedException e) {
        String complaint = e.errors()
                .lines()
                .filter(line -> line.startsWith("ERROR: "))
                .findFirst()
                .orElse(String.valueOf(e.getMessage()));
        return new TpmException(program + " failed: " + Printable.of(complaint), isPolicyFailure(complaint));
    }

    /** tpm2-tools write the response code of the call that failed behind its name: {@code Esys_Sign(0x99D)}. */
    private static boolean isPolicyFailure(String complaint) {
        Matcher matcher = CODE.matcher(complaint.toLowerCase(Locale.ROOT));
        if (!matcher.find()) {
            return false;
        }
        int code = Integer.parseUnsignedInt(matcher.group(1), 16);
        return (code & FORMAT_ONE) != 0 && (code & ERROR) == POLICY_FAIL;
    }
}
