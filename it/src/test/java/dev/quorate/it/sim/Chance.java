package dev.quorate.it.sim;

import java.util.List;
import java.util.SplittableRandom;

/** Everything that a run leaves to chance comes from here, so that its seed decides it. */
final class Chance {
    private final SplittableRandom random;

    Chance(long seed) {
        // Neighbouring seeds begin alike in a splittable generator; its own split tells them apart.
        random = new SplittableRandom(seed).split();
    }

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    /** Chance of another part's own: what one part draws does not move the others. */
    Chance split() {
        return new Chance(random.split());
    }

    boolean oneIn(int times) {
        return times > 0 && random.nextInt(times) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    <T> T of(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    byte[] bytes(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
