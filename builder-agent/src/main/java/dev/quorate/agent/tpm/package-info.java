/**
 * This machine's TPM 2.0, through the programs of tpm2-tools, one process a command.
 *
 * <pre>
 * endorsement certificate   NV index 0x01c00002, RSA-2048
 * attestation key           persistent handle 0x8101514b, below the endorsement key: P-256, ECDSA with SHA-256, restricted;
 *                           made at the first use and found again after every boot
 * </pre>
 *
 * Transient objects are flushed before each sequence of commands, so a software TPM without a resource manager works as a
 * device does.
 */
package dev.quorate.agent.tpm;
