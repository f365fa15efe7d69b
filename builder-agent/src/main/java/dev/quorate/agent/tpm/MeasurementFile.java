package dev.quorate.agent.tpm;

import dev.quorate.dsse.Octets;
import dev.quorate.tpm.TpmException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file in which this machine keeps what it measured; each reading may give more than the one before.
 *
 * @param what it is, and where it comes from
 * @param most bytes that evidence can hold of it
 */
record MeasurementFile(Path path, String what, int most) {
    private static final int LONGEST_LOG = 1 << 20;
    private static final int LONGEST_LIST = 2 << 20;

    /** A TCG event log of what was booted. */
    static MeasurementFile eventLog(Path path) {
        return new MeasurementFile(
                path, "the log of what was booted (tpm: eventLogs; Linux shows it in securityfs)", LONGEST_LOG);
    }

    /** Linux's list of the files that were used. */
    static MeasurementFile imaList(Path path) {
        return new MeasurementFile(
                path,
                "the list of files that were used (tpm: ima; Linux shows it in securityfs after a boot with"
                        + " ima_policy=tcb ima_template=ima-ng ima_hash=sha256)",
                LONGEST_LIST);
    }

    /**
     * All of it.
     *
     * @throws TpmException if it is not there, is not this user's to read, is empty, or is longer than evidence can be
     */
    Octets read() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length == 0) {
                throw wrong("is empty");
            } else if (bytes.length > most) {
                throw wrong("is longer than " + most + " bytes, the most that evidence can hold");
            }
            return Octets.of(bytes);
        } catch (NoSuchFileException e) {
            throw wrong("is not there");
        } catch (AccessDeniedException e) {
            throw wrong("cannot be read by this user");
        }
    }

    private TpmException wrong(String problem) {
        return new TpmException(
                path + " " + problem + ", and the trust root judges this builder's host by it: " + what);
    }
}
