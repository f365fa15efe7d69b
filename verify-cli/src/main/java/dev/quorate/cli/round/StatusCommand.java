package dev.quorate.cli.round;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.cli.coordinator.ClientConfig;
import dev.quorate.cli.coordinator.Coordinator;
import dev.quorate.json.MalformedException;
import dev.quorate.round.RoundId;

/** Says how far a round is, or how the builders' hosts stand. */
public final class StatusCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("status")
                .operands("ROUND", 0, 1)
                .with(Option.flag("hosts"), Option.flag("watch"), Option.optional("config", "FILE"));
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here)
            throws RefusedException, MalformedException, InterruptedException {
        if (arguments.has("hosts")) {
            return hosts(arguments, here);
        } else if (arguments.operands().isEmpty()) {
            throw arguments.refused("ROUND is missing, or --hosts");
        }
        RoundId round = arguments.operand(0, RoundId::parse);
        try (var coordinator = Coordinator.connect(ClientConfig.find(arguments, here))) {
            return arguments.has("watch")
                    ? Watching.toTheEnd(coordinator, round, here)
                    : StatusText.answer(coordinator.status(round));
        }
    }

    private static Answer hosts(Arguments arguments, Surroundings here)
            throws RefusedException, MalformedException, InterruptedException {
        if (!arguments.operands().isEmpty() || arguments.has("watch")) {
            throw arguments.refused("--hosts goes with neither ROUND nor --watch");
        }
        try (var coordinator = Coordinator.connect(ClientConfig.find(arguments, here))) {
            return FleetText.answer(coordinator.fleet());
        }
    }
}
