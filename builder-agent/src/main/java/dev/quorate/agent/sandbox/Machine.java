package dev.quorate.agent.sandbox;

import java.util.List;
import java.util.Locale;

/** A processor architecture as the kernel's system call interface knows it. */
enum Machine {
    AMD64(0xC000003E, 56, 41, 16, DeniedCalls.AMD64),
    ARM64(0xC00000B7, 220, 198, 29, DeniedCalls.GENERIC),
    RISCV64(0xC00000F3, 220, 198, 29, DeniedCalls.GENERIC);

    /** {@code AUDIT_ARCH_…} of linux/audit.h. */
    final int audit;

    final int clone;
    final int socket;
    final int ioctl;
    final List<Integer> denied;

    Machine(int audit, int clone, int socket, int ioctl, List<Integer> denied) {
        this.audit = audit;
        this.clone = clone;
        this.socket = socket;
        this.ioctl = ioctl;
        this.denied = denied;
    }

    static Machine current() {
        String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "amd64", "x86_64" -> AMD64;
            case "aarch64", "arm64" -> ARM64;
            case "riscv64" -> RISCV64;
            default -> throw new IllegalStateException("no seccomp filter is known for the architecture " + name);
        };
    }
}
