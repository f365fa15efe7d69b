package dev.quorate.agent;

/** What stands between a build and the machine. */
public enum Isolation {
    /** bubblewrap: all namespaces, no network, seccomp, cgroup limits. */
    CONTAINER;

    /**
     * Reads the word of the configuration.
     *
     * @throws IllegalArgumentException for any other
     */
    static Isolation parse(String word) {
        if (!word.equals("container")) {
            throw new IllegalArgumentException("must be container");
        }
        return CONTAINER;
    }
}
