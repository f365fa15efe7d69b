/**
 * What a machine that boots a kernel, an initial RAM disk and a command line will have measured, computed from those files
 * alone: the reference values of a builder that is a virtual machine. Nothing is copied from a machine that runs.
 *
 * <p>The machine is QEMU's {@code pc-q35-7.2} with OVMF, a TPM 2.0 and {@code -kernel}, {@code -initrd} and {@code
 * -append}. In its SHA-256 bank, a register is extended by the digest of each event (TCG PC Client Platform Firmware
 * Profile 1.05, section 10.4):
 *
 * <pre>
 * 4   the kernel as an EFI application (Authenticode digest), "Calling EFI Application from Boot Option", a separator
 * 7   the variables SecureBoot (0), PK, KEK, db and dbx (empty), a separator: Secure Boot is off
 * 9   the kernel's load options (UTF-16LE with a final NUL), the initial RAM disk
 * </pre>
 *
 * A separator is four zero bytes. QEMU writes into the kernel's setup header before the firmware sees it, and OVMF
 * appends {@code " initrd=initrd"} to the command line; both are done here, too.
 *
 * <p>Sources: Windows Authenticode Portable Executable Signature Format, 2008; Documentation/arch/x86/boot.rst of the
 * Linux kernel; QEMU 7.2.
 */
package dev.quorate.agent.image;
