/**
 * A builder that is a virtual machine and nothing else: the recipe of its image, and its reference values, which are
 * computed from the files. Nothing is copied from a machine that runs.
 *
 * <p>An image is a directory:
 *
 * <pre>
 * vmlinuz         the kernel of the Debian package, as it is
 * initrd          newc: /init (early), busybox, dmsetup with its libraries, modules/NNN.ko in the order of their loading
 * root.img        squashfs of the packages, of this JDK's runtime and of this program; behind it the hash tree of dm-verity
 * cmdline         what the kernel is told, ending in quorate.root=&lt;blocks of the squashfs&gt;:&lt;root of the tree&gt;
 * reference.json  {"pcrs":[{"pcr":4,"values":["&lt;hex&gt;"]},…]}
 * lock.json       {"format":"quorate/builder-image/v1","suite","root":[package…],"kernel":package,
 *                 "runtime":{"version","sha256"},"program":"&lt;sha256&gt;"}, and a package is
 *                 {"path","from":"&lt;package URL&gt;","size","sha256"}
 * </pre>
 *
 * The same lock gives the same bytes, or is refused because this JDK or this program is another; a lock without {@code
 * runtime} or {@code program} takes any. Their digests are those of trees of files ({@link
 * dev.quorate.agent.image.FileTree}). Packages are installed as for a build's root ({@link
 * dev.quorate.agent.rootfs}), all times are fixed, and documentation, caches and logs are left out. The initial RAM disk
 * holds no way to a shell. It opens the disk with the serial {@code root} by the tree's root in the command line, so that
 * each block is checked when it is read, and starts {@code /opt/quorate/start} in it; what that takes from disks is in that
 * script and in docs/operating.md.
 *
 * <p>The machine is QEMU's {@code pc-q35-7.2} with OVMF, a TPM 2.0 and {@code -kernel}, {@code -initrd} and {@code
 * -append}, with 2816 MiB of memory or more: how much more is not measured. In its SHA-256 bank, a register is extended by
 * the digest of each event (TCG PC Client Platform Firmware Profile 1.05, section 10.4):
 *
 * <pre>
 * 4   the kernel as an EFI application (Authenticode digest), "Calling EFI Application from Boot Option", a separator
 * 7   the variables SecureBoot (0), PK, KEK, db and dbx (empty), a separator: Secure Boot is off
 * 9   the kernel's load options (UTF-16LE with a final NUL), the initial RAM disk
 * </pre>
 *
 * A separator is four zero bytes. QEMU writes into the kernel's setup header before the firmware sees it, and OVMF
 * appends {@code " initrd=initrd"} to the command line; both are done here, too. So PCR 9 covers the root image: its tree's
 * root is in the load options.
 *
 * <p>Sources: Windows Authenticode Portable Executable Signature Format, 2008; Documentation/arch/x86/boot.rst and
 * Documentation/admin-guide/device-mapper/verity.rst of the Linux kernel; QEMU 7.2.
 */
package dev.quorate.agent.image;
