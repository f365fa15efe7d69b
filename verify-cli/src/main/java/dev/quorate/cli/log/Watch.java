package dev.quorate.cli.log;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Ending;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.json.Json;
import dev.quorate.json.Printable;
import dev.quorate.log.TreeHead;
import dev.quorate.log.VerifiedCheckpoint;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;

/**
 * A watch over one log. It recomputes everything at first and from time to time, and in between whatever entries and tiles
 * are new.
 */
final class Watch {
    /** Waits until the next look. */
    interface Pause {
        /** Says whether there is a next look. */
        boolean more() throws InterruptedException;

        /** Whether it is time to recompute everything again. */
        default boolean isEverythingDue() {
            return false;
        }
    }

    private final Lookout lookout;
    private final LogState state;
    private final Surroundings here;
    private Optional<Answer> last = Optional.empty();
    private Recount recount;

    Watch(Lookout lookout, LogState state, Surroundings here) {
        this.lookout = lookout;
        this.state = state;
        this.here = here;
        this.recount = lookout.recount();
    }

    /** Looks until something is wrong, or there is no next look. */
    Answer until(Pause pause) throws RefusedException, InterruptedException {
        do {
            if (pause.isEverythingDue()) {
                recount = lookout.recount();
            }
            try {
                Optional<Answer> alarm = look();
                if (alarm.isPresent()) {
                    return alarm.get();
                }
            } catch (InterruptedIOException e) {
                throw new InterruptedException(e.getMessage());
            } catch (IOException e) {
                // It stopped in the middle.
                recount = lookout.recount();
                here.progress("the log at " + lookout.site().name() + " cannot be read: "
                        + Printable.of(String.valueOf(e.getMessage())) + "; looking again");
            }
        } while (pause.more());
        return last.orElseGet(this::unseen);
    }

    private Optional<Answer> look() throws IOException, RefusedException {
        Optional<TreeHead> before = state.known().map(VerifiedCheckpoint::head);
        return switch (lookout.look(state.known(), recount)) {
            case Sighting.Good good -> {
                here.still();
                state.keep(good.head());
                if (last.isEmpty() || !before.equals(Optional.of(good.head().head()))) {
                    here.progress(SightingText.line(good.head(), before));
                }
                last = Optional.of(SightingText.good(good, before, state));
                yield Optional.empty();
            }
            case Sighting.Bad bad ->
                Optional.of(SightingText.bad(bad, lookout.verifier().log(), state, state.keep(bad)));
        };
    }

    private Answer unseen() {
        String detail = "the log at " + lookout.site().name() + " could not be read once";
        Json.Obj json = Json.object()
                .put("finding", new Json.Null())
                .put("detail", detail)
                .build();
        return new Answer(Ending.UNDECIDED, json, java.util.List.of(detail));
    }
}
