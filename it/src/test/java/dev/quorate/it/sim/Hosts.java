package dev.quorate.it.sim;

import java.util.Optional;

/** In which runs policies ask for measured hosts. */
enum Hosts {
    /** In each eighth. */
    BY_SEED(""),
    ALWAYS("--hosts "),
    NEVER("--no-hosts ");

    private static final int EACH = 8;
    private static final int ONE = 6;
    private static final int QUIET = 7;
    private static final long STREAM = 0x686f737473L << 20;

    private final String option;

    Hosts(String option) {
        this.option = option;
    }

    /** What asks for this on the command line. */
    String option() {
        return option;
    }

    /** Whether nothing goes wrong in a run, so that each of its rounds has to be certified; only where hosts are asked for. */
    boolean isQuiet(long seed) {
        return Math.floorMod(seed, QUIET) == 3 && of(seed).isPresent();
    }

    /** Chance of the hosts alone, if there are some: with them and without, whatever else a seed decides is the same. */
    Optional<Chance> of(long seed) {
        boolean asks = this == ALWAYS || this == BY_SEED && Math.floorMod(seed, EACH) == ONE;
        return asks ? Optional.of(new Chance(seed ^ STREAM)) : Optional.empty();
    }
}
