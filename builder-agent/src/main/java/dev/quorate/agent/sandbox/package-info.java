/**
 * A process tree that sees one read-only root, its own writable directory, and nothing else of this machine.
 *
 * <p>Layers, outermost first: a control group (memory, processes), resource limits, an unprivileged user, bubblewrap
 * with every namespace of its own, and a seccomp filter. Each is there without the others. What the machine lacks is
 * named in {@link dev.quorate.agent.sandbox.Confinement}, never skipped in silence.
 *
 * <p>Disk: the writable directory is an ordinary directory whose use is measured every second, and whoever exceeds the
 * limit is killed. A bounded tmpfs would be exact, but charges a build's disk to its memory limit; a loop device or a
 * quota would be exact too, but needs privileges that an unprivileged agent lacks. Two backstops bound the overshoot:
 * no file can grow beyond the limit (RLIMIT_FSIZE), and the build is killed when the machine's own disk runs low.
 *
 * <p>Sources: bubblewrap(1) 0.8, seccomp(2), Documentation/admin-guide/cgroup-v1 and cgroup-v2 of the Linux kernel.
 */
package dev.quorate.agent.sandbox;
