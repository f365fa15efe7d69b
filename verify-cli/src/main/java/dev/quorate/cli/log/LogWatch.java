package dev.quorate.cli.log;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.json.MalformedException;
import dev.quorate.log.CheckpointVerifier;
import dev.quorate.quantity.Span;
import java.util.Optional;

/** Looks at a log again and again until something is wrong. */
public final class LogWatch implements Command {
    @Override
    public Syntax syntax() {
        return LogOptions.syntax("log watch")
                .with(
                        Option.optional("every", "SPAN"),
                        Option.optional("for", "SPAN"),
                        Option.optional("recount", "SPAN"));
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here)
            throws RefusedException, MalformedException, InterruptedException {
        Span every = arguments.optional("every", Span::parse).orElse(Span.ofSeconds(60));
        Optional<Span> end = arguments.optional("for", Span::parse);
        Span recount = arguments.optional("recount", Span::parse).orElse(Span.ofSeconds(3600));
        CheckpointVerifier verifier = LogOptions.verifier(arguments, here);
        LogState state = LogOptions.state(arguments, here, verifier.log());
        try (LogSite site = LogOptions.site(arguments, here)) {
            var lookout = new Lookout(site, verifier, n -> here.moving(n + " entries hashed"));
            return new Watch(lookout, state, here).until(new Rhythm(every, end, recount));
        }
    }
}
