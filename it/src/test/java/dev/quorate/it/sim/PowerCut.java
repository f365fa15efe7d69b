package dev.quorate.it.sim;

import java.io.IOException;

/** The machine of the coordinator is off; only the world can switch it on. */
final class PowerCut extends IOException {
    private static final long serialVersionUID = 1;

    PowerCut() {
        super("the power is cut");
    }
}
