package dev.quorate.cli.trust;

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
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;

/** Brings the next version of a trust root into force at a coordinator that runs. */
public final class TrustPush implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("trust push").operands("FILE", 1, 1).with(Option.optional("config", "FILE"));
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here)
            throws RefusedException, MalformedException, InterruptedException {
        TrustFile file = TrustFile.read(GivenFile.of(here, arguments.operands().getFirst()));
        if (file.signed().verifyAlone().isEmpty()) {
            throw new RefusedException(
                    file.file().printable() + ": version " + file.trust().version()
                            + " is not signed by " + file.trust().root().threshold()
                            + " of its root keys; sign it with: quorate trust sign");
        }
        ClientConfig config = ClientConfig.find(arguments, here);
        try (var coordinator = Coordinator.connect(config)) {
            long version = coordinator.push(file.signed());
            Json.Obj json = Json.object()
                    .put("file", file.file().printable())
                    .put("version", version)
                    .put("revocations", file.trust().revocations().size())
                    .build();
            return Answer.done(
                    json,
                    file.file().printable() + ": version " + version + " is in force at " + config.coordinator()
                            + "; what rested on the version before is looked at again");
        }
    }
}
