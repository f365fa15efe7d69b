/**
 * A machine that is made for one build and thrown away: QEMU with a kernel of this host, an initial RAM disk of ours, and
 * disks.
 *
 * <pre>
 * serial     guest sees      holds
 * root       read-only       squashfs of the locked closure's root file system, kept by {@link
 *                            dev.quorate.agent.vm.RootImages}
 * inputs     read-only       squashfs, what a container shows at /inputs
 * build      read and write  ext4 of the disk limit's size, what a container shows at /build
 * report     read and write  4 KiB of text, {@link dev.quorate.agent.vm.GuestReport}
 * outputs    read and write  a tar of what matches the spec's outputs, paths below /build
 * </pre>
 *
 * In the guest, {@code guest.sh} mounts them and runs the same bubblewrap command line as a container's. QEMU itself runs
 * in a {@link dev.quorate.agent.sandbox.Sandbox} of this host, so time, memory, log and processes have their limits from
 * outside, too, and nothing outlives the agent. The host never mounts what a guest wrote.
 *
 * <p>Sources: qemu(1) 7.2, Documentation/driver-api/early-userspace/buffer-format.rst of the Linux kernel (newc).
 */
package dev.quorate.agent.vm;
