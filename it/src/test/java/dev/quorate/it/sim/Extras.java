package dev.quorate.it.sim;

import java.util.Optional;

/**
 * What a run has besides rounds, log and trust roots: machines that are asked for, witnesses, a time-stamping authority.
 * Each is there by the seed's number or by what the command line says, and has a stream of chance of its own: with it and
 * without, whatever else a seed draws is the same.
 */
record Extras(Choice hosts, Choice witnesses, Choice authority) {
    static final Extras BY_SEED = new Extras(Choice.BY_SEED, Choice.BY_SEED, Choice.BY_SEED);
    static final Extras NONE = new Extras(Choice.NEVER, Choice.NEVER, Choice.NEVER);

    private static final int QUIET = 7;

    /** In which runs something is there. */
    enum Choice {
        BY_SEED(""),
        ALWAYS("--"),
        NEVER("--no-");

        private final String prefix;

        Choice(String prefix) {
            this.prefix = prefix;
        }

        private Optional<Chance> of(long seed, int each, int one, long stream) {
            boolean has = this == ALWAYS || this == BY_SEED && Math.floorMod(seed, each) == one;
            return has ? Optional.of(new Chance(seed ^ stream << 20)) : Optional.empty();
        }

        private String option(String name) {
            return this == BY_SEED ? "" : prefix + name + " ";
        }
    }

    /** The same, but for one option of the command line; empty if it is none. */
    Optional<Extras> with(String option) {
        return Optional.ofNullable(
                switch (option) {
                    case "--hosts" -> new Extras(Choice.ALWAYS, witnesses, authority);
                    case "--no-hosts" -> new Extras(Choice.NEVER, witnesses, authority);
                    case "--witnesses" -> new Extras(hosts, Choice.ALWAYS, authority);
                    case "--no-witnesses" -> new Extras(hosts, Choice.NEVER, authority);
                    case "--authority" -> new Extras(hosts, witnesses, Choice.ALWAYS);
                    case "--no-authority" -> new Extras(hosts, witnesses, Choice.NEVER);
                    default -> null;
                });
    }

    /** What asks for this on the command line. */
    String options() {
        return hosts.option("hosts") + witnesses.option("witnesses") + authority.option("authority");
    }

    /** Whether nothing goes wrong in a run, so that each of its rounds has to be certified; only where hosts are asked for. */
    boolean isQuiet(long seed) {
        return Math.floorMod(seed, QUIET) == 3 && hosts(seed).isPresent();
    }

    /** Chance of the hosts, in each eighth run. */
    Optional<Chance> hosts(long seed) {
        return hosts.of(seed, 8, 6, 0x686f737473L);
    }

    /** Chance of the witnesses, in each fifth run. */
    Optional<Chance> witnesses(long seed) {
        return witnesses.of(seed, 5, 0, 0x7769746eL);
    }

    /** Chance of the time-stamping authority, in each seventh run. */
    Optional<Chance> authority(long seed) {
        return authority.of(seed, 7, 6, 0x7473616cL);
    }
}
