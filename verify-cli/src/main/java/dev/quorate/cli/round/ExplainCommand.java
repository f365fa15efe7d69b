package dev.quorate.cli.round;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.cli.coordinator.ClientConfig;
import dev.quorate.cli.coordinator.Coordinator;
import dev.quorate.json.MalformedException;
import dev.quorate.kit.Kit;
import dev.quorate.round.RoundId;

/** Explains a round or a kit. */
public final class ExplainCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("explain").operands("ROUND|KIT", 1, 1).with(Option.optional("config", "FILE"));
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here)
            throws RefusedException, MalformedException, InterruptedException {
        String operand = arguments.operands().getFirst();
        if (!operand.matches("r-[0-9a-v]{26}")) {
            GivenFile kit = GivenFile.of(here, operand);
            Explanation explanation = Explanation.of(Said.read(kit.bytes(Kit.MAX_BYTES), kit.printable()));
            return Answer.done(explanation.json(), explanation.lines());
        }
        RoundId round = arguments.operand(0, RoundId::parse);
        try (var coordinator = Coordinator.connect(ClientConfig.find(arguments, here))) {
            Explanation explanation = Explanation.of(Said.read(coordinator.kit(round), "kit of " + round));
            Explanation full = explanation.with(Environments.differences(coordinator, explanation.groups()));
            return Answer.done(full.json(), full.lines());
        }
    }
}
