package dev.quorate.agent;

/** What stands between a build and the machine. */
public enum Isolation {
    /** bubblewrap: all namespaces, no network, seccomp, cgroup limits. */
    CONTAINER,
    /** A QEMU machine for each build, and in it the same. */
    VM,
    /** Another machine, through its service {@code quorate.Build}. */
    QREXEC;

    /**
     * Reads the word of the configuration.
     *
     * @throws IllegalArgumentException for any other
     */
    static Isolation parse(String word) {
        return switch (word) {
            case "container" -> CONTAINER;
            case "vm" -> VM;
            case "qrexec" -> QREXEC;
            default -> throw new IllegalArgumentException("must be container, vm or qrexec");
        };
    }
}
