/**
 * A TPM 2.0 through the programs of tpm2-tools, one process a command. What a command is for is the caller's, but for who
 * the TPM is ({@link dev.quorate.tpm.TpmIdentity}): an agent and whoever enrols a machine by files ask that the same way.
 *
 * <pre>
 * TCTI       how to reach the TPM, as {@code TPM2TOOLS_TCTI} has it: {@code device:/dev/tpmrm0}, {@code swtpm:path=/run/tpm}
 * directory  where commands read and write their files; contexts are saved there, so nothing has to stay loaded
 * </pre>
 *
 * Without a resource manager between, a program leaves its transient objects in the TPM, which has room for three; they are
 * flushed before each command. Response codes are those of TPM 2.0 Library Part 2, section 6.6.
 */
package dev.quorate.tpm;
