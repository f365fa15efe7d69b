package dev.quorate.it.sim;

import java.util.Optional;

/** In which runs policies ask for measured hosts. */
enum Hosts {
    /** In one of eight, by the seed. */
    BY_SEED {
        @Override
        Optional<Chance> of(long seed) {
            Chance own = own(seed);
            return own.oneIn(8) ? Optional.of(own) : Optional.empty();
        }
    },
    ALWAYS {
        @Override
        Optional<Chance> of(long seed) {
            Chance own = own(seed);
            own.oneIn(8);
            return Optional.of(own);
        }
    },
    NEVER {
        @Override
        Optional<Chance> of(long seed) {
            return Optional.empty();
        }
    };

    private static final long STREAM = 0x686f737473L;

    /** Chance of the hosts alone: with them and without, whatever else a seed decides is the same. */
    abstract Optional<Chance> of(long seed);

    /** What asks for this on the command line. */
    String option() {
        return switch (this) {
            case BY_SEED -> "";
            case ALWAYS -> "--hosts ";
            case NEVER -> "--no-hosts ";
        };
    }

    private static Chance own(long seed) {
        return new Chance(seed ^ STREAM << 20);
    }
}
