package dev.quorate.it.sim;

import java.io.IOException;
import java.util.Locale;

/**
 * Runs seeds: {@code Simulation --seeds 100000 [--from 1]}, or one of them with all that happens: {@code Simulation
 * --seed 7 --trace}. Signatures are those of {@link QuickSignatures}, or with {@code --real}, as in the tests, those of
 * {@link RepeatableSignatures}; they differ in length, and a seed's history may with them.
 */
public final class Simulation {
    private Simulation() {}

    /** Exits with 1 at the first seed that breaks an invariant. */
    public static void main(String[] arguments) {
        long from = 1;
        long count = 1;
        boolean quick = true;
        Extras extras = Extras.BY_SEED;
        World.Trace trace = line -> {};
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--seed", "--from" -> from = Long.parseLong(arguments[++i]);
                case "--seeds" -> count = Long.parseLong(arguments[++i]);
                case "--real" -> quick = false;
                case "--trace" -> trace = System.out::println;
                default -> extras = extras.with(arguments[i]).orElseGet(Simulation::usage);
            }
        }
        if (quick) {
            QuickSignatures.install();
        } else {
            RepeatableSignatures.install();
        }
        long start = System.nanoTime();
        for (long seed = from; seed < from + count; seed++) {
            QuickSignatures.forget();
            try {
                run(seed, extras, trace);
            } catch (AssertionError failure) {
                System.err.println(failure.getMessage());
                System.exit(1);
            }
            if ((seed - from + 1) % 1000 == 0) {
                System.err.println("to " + seed + ": " + rate(seed - from + 1, start));
            }
        }
        System.out.println(count + " seeds from " + from + " hold, " + rate(count, start));
    }

    private static Extras usage() {
        System.err.println("usage: Simulation [--real] [--hosts|--no-hosts] [--witnesses|--no-witnesses]"
                + " [--authority|--no-authority] --seed N [--trace] | --seeds N [--from N]");
        System.exit(64);
        return Extras.BY_SEED;
    }

    private static String rate(long seeds, long start) {
        return String.format(Locale.ROOT, "%.1f a second", seeds / ((System.nanoTime() - start) / 1e9));
    }

    /**
     * Runs one seed.
     *
     * @return how many things happened in it
     * @throws AssertionError if an invariant breaks; it names the seed and how to see it again
     */
    static long run(long seed, Extras extras, World.Trace trace) {
        try {
            return new Run(seed, extras, trace).play();
        } catch (Violation | IOException | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + " breaks: " + e + "\nreplay: Simulation "
                            + (QuickSignatures.areInstalled() ? "" : "--real ") + extras.options() + "--seed " + seed
                            + " --trace",
                    e);
        }
    }
}
