/**
 * This machine's TPM 2.0 as the agent needs it, through {@link dev.quorate.tpm}.
 *
 * <pre>
 * endorsement certificate   NV index 0x01c00002, RSA-2048
 * attestation key           persistent handle 0x8101514b, below the endorsement key: P-256, ECDSA with SHA-256, restricted;
 *                           made at the first use and found again after every boot
 * </pre>
 */
package dev.quorate.agent.tpm;
