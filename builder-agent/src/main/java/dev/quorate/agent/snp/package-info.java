/**
 * This machine as a confidential VM under AMD SEV-SNP, through the kernel's configfs-tsm (Linux 6.7 or later,
 * Documentation/ABI/testing/configfs-tsm).
 *
 * <pre>
 * &lt;entry&gt;/provider          sev_guest
 * &lt;entry&gt;/generation        counts writes; another number than ours means that somebody else wrote too
 * &lt;entry&gt;/privlevel_floor   the privilege level (VMPL) that this system runs at, where there is one; written to privlevel
 * &lt;entry&gt;/inblob            64 bytes of report data: the binding, and zeros
 * &lt;entry&gt;/outblob           an ATTESTATION_REPORT over them (SEV-SNP Firmware ABI, 56860), made when it is read
 * &lt;entry&gt;/auxblob           the host's certificate table (GHCB, 56421, 4.1.8.1), or empty
 * </pre>
 *
 * The table is entries of a GUID of 16 bytes, in the order of its text, and offset and length, each of 4 bytes and
 * little-endian; an entry of zeros ends it. Certificates are DER. A host that gives none leaves it to its user to fetch
 * them from AMD.
 */
package dev.quorate.agent.snp;
