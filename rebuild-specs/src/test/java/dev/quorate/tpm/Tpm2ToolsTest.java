package dev.quorate.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Tpm2ToolsTest {
    @TempDir
    Path directory;

    @Test
    void aCommandGetsTheTcti() throws Exception {
        assertEquals("device:/dev/tpmrm0\n", tools().run(program("echo $TPM2TOOLS_TCTI")));
    }

    @Test
    void aRefusedPolicyIsToldFromOtherFailures() throws Exception {
        String policy = program("""
                echo 'ERROR:esys:src/tss2-esys/api/Esys_Sign.c:105:Esys_Sign() ErrorCode (0x0000099d)' >&2
                echo 'ERROR: Eys_Sign(0x99D) - tpm:session(1):a policy check failed' >&2
                echo 'ERROR: Unable to run tpm2_sign' >&2
                exit 1
                """);
        var refused = assertThrows(TpmException.class, () -> tools().run(policy));
        assertTrue(refused.isPolicyRefused());
        assertEquals(policy + " failed: ERROR: Eys_Sign(0x99D) - tpm:session(1):a policy check failed", said(refused));
        String other = program("echo 'ERROR: Esys_Load(0x902) - tpm:warn(2.0): out of memory' >&2; exit 1");
        assertFalse(assertThrows(TpmException.class, () -> tools().run(other)).isPolicyRefused());
        String unnumbered = program("echo nothing of use >&2; exit 1");
        assertFalse(
                assertThrows(TpmException.class, () -> tools().run(unnumbered)).isPolicyRefused());
        assertFalse(tools().tries(other));
    }

    @Test
    void aMissingProgramIsNamedWithItsPackage() {
        var missing = assertThrows(TpmException.class, () -> tools().run("/nowhere/tpm2_sign"));
        assertEquals("/nowhere/tpm2_sign cannot be run; install tpm2-tools", missing.getMessage());
    }

    private static String said(TpmException e) {
        return String.valueOf(e.getMessage());
    }

    private Tpm2Tools tools() {
        return new Tpm2Tools("device:/dev/tpmrm0", directory);
    }

    private String program(String script) throws Exception {
        Path file = Files.createTempFile(
                directory,
                "program",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return Files.writeString(file, "#!/bin/sh\n" + script).toString();
    }
}
