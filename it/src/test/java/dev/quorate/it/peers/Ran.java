package dev.quorate.it.peers;

import dev.quorate.inputs.process.Command;
import dev.quorate.inputs.process.CommandFailedException;
import java.io.IOException;

/** How a program ended that gives its opinion by its exit status. */
sealed interface Ran {
    /** Status 0. */
    record Accepted(String output) implements Ran {}

    /** Another status. */
    record Refused(String complaint) implements Ran {}

    default void assertAccepted() {
        if (this instanceof Refused(String complaint)) {
            throw new AssertionError("refused: " + complaint);
        }
    }

    default void assertRefused() {
        if (this instanceof Accepted(String output)) {
            throw new AssertionError("accepted: " + output);
        }
    }

    /** Refused, and for that reason. */
    default void assertRefused(String reason) {
        assertRefused();
        if (this instanceof Refused(String complaint) && !complaint.contains(reason)) {
            throw new AssertionError("refused for another reason: " + complaint);
        }
    }

    /** Runs it; a program that does not start, or does not end in time, has no opinion. */
    static Ran of(Command command) throws IOException, InterruptedException {
        try {
            return new Accepted(command.text(1 << 20));
        } catch (CommandFailedException e) {
            if (e.getMessage().contains(" ended with status ")) {
                return new Refused(e.getMessage() + " " + e.output());
            }
            throw e;
        }
    }
}
