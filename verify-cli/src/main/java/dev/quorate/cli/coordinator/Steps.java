package dev.quorate.cli.coordinator;

import dev.quorate.cli.Surroundings;
import dev.quorate.json.Printable;

/** Shows the steps of a round on standard error: one moving line on a terminal, elsewhere a line for each new state. */
public final class Steps {
    private final Surroundings here;
    private String shown = "";

    /** Shows nothing yet. */
    public Steps(Surroundings here) {
        this.here = here;
    }

    /** Shows a status if there is something new in it. */
    public void show(RoundStatus status) {
        String line = line(status);
        here.moving(line);
        if (here.screen() == Surroundings.Screen.PLAIN && !status.state().equals(shown)) {
            here.progress(line);
        }
        shown = status.state();
    }

    private static String line(RoundStatus status) {
        return Printable.of(status.release()) + "  " + Printable.of(status.state()) + "  "
                + (count(status, "COMMITTED") + count(status, "REVEALED")) + " of "
                + status.builders().size() + " committed, " + count(status, "REVEALED") + " revealed";
    }

    private static long count(RoundStatus status, String state) {
        return status.builders().stream()
                .filter(builder -> builder.state().equals(state))
                .count();
    }
}
