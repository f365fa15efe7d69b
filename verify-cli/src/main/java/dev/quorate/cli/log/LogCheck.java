package dev.quorate.cli.log;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.log.CheckpointVerifier;
import dev.quorate.log.TreeHead;
import dev.quorate.log.VerifiedCheckpoint;
import java.io.IOException;
import java.util.Optional;

/** Recomputes a log once. */
public final class LogCheck implements Command {
    @Override
    public Syntax syntax() {
        return LogOptions.syntax("log check");
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here) throws RefusedException, MalformedException {
        CheckpointVerifier verifier = LogOptions.verifier(arguments, here);
        LogState state = LogOptions.state(arguments, here, verifier.log());
        try (LogSite site = LogOptions.site(arguments, here)) {
            var lookout = new Lookout(site, verifier, n -> here.moving(n + " entries hashed"));
            return look(lookout, state);
        } finally {
            here.still();
        }
    }

    private static Answer look(Lookout lookout, LogState state) throws RefusedException {
        Optional<TreeHead> before = state.known().map(VerifiedCheckpoint::head);
        try {
            return switch (lookout.look(state.known(), lookout.recount())) {
                case Sighting.Good good -> {
                    state.keep(good.head());
                    yield SightingText.good(good, before, state);
                }
                case Sighting.Bad bad ->
                    SightingText.bad(bad, lookout.verifier().log(), state, state.keep(bad));
            };
        } catch (IOException e) {
            throw new RefusedException(
                    "log check: the log at " + lookout.site().name() + " cannot be read: "
                            + Printable.of(String.valueOf(e.getMessage()))
                            + "; a coordinator's log is under /log of its address",
                    e);
        }
    }
}
