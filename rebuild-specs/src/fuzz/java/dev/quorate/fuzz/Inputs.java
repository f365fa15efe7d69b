package dev.quorate.fuzz;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** What a target is fed: its seeds; where they are short, each cut at every byte and with each bit flipped; mutants. */
record Inputs(Target target, RandomGenerator random) {
    /** A seed this long is cut at every byte and flipped in every bit. */
    private static final int SHORT = 256;
    /** A target that takes long gets a share of the mutants. */
    private static final int SHARE = 10;

    void forEach(int mutants, Consumer<byte[]> fed) {
        boolean costly = target.costs() == Target.Costs.MUCH;
        for (byte[] seed : target.seeds()) {
            fed.accept(seed);
            if (seed.length <= SHORT && !costly) {
                cut(seed, fed);
                flip(seed, fed);
            }
        }
        var mutator = new Mutator(target.seeds(), random);
        for (int i = 0; i < (costly ? mutants / SHARE : mutants); i++) {
            fed.accept(mutator.next());
        }
    }

    private static void cut(byte[] seed, Consumer<byte[]> fed) {
        for (int length = 0; length < seed.length; length++) {
            fed.accept(Arrays.copyOf(seed, length));
        }
    }

    private static void flip(byte[] seed, Consumer<byte[]> fed) {
        for (int bit = 0; bit < 8 * seed.length; bit++) {
            byte[] flipped = seed.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            fed.accept(flipped);
        }
    }
}
