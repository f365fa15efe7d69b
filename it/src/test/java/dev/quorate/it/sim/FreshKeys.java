package dev.quorate.it.sim;

import dev.quorate.dsse.Signer;
import java.util.ArrayList;
import java.util.List;

/** Keys that nobody has used in this run; the next run takes the same ones, so that each is made once in a process. */
final class FreshKeys {
    private static final List<Signer> MADE = new ArrayList<>();
    private int used;

    Signer next() {
        if (used == MADE.size()) {
            MADE.add(SeededKeys.p256(1000 + used));
        }
        return MADE.get(used++);
    }
}
