package dev.quorate.cli.trust;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.cli.WrittenFile;
import dev.quorate.cli.key.PublicKeyText;
import dev.quorate.dsse.P256Key;
import dev.quorate.identity.BuilderKey;
import dev.quorate.json.Json;
import dev.quorate.json.Printable;
import dev.quorate.round.BuilderId;
import java.util.List;

/** Writes what an identity of a builder's signs to vouch for a key. */
public final class TrustStatement implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("trust statement")
                .with(Option.required("id", "BUILDER"), Option.required("key", "PUBLIC"), Option.required("o", "FILE"));
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here) throws RefusedException {
        BuilderId builder = arguments.value("id", BuilderId::parse);
        P256Key key = PublicKeyText.read(here, arguments.value("key"));
        String file = Printable.of(arguments.value("o"));
        WrittenFile.replace(
                here.path(arguments.value("o")),
                new BuilderKey(builder, key).statement().bytes());
        Json.Obj json = Json.object()
                .put("file", file)
                .put("builder", builder.text())
                .put("key", key.id().hex())
                .build();
        return Answer.done(
                json,
                List.of(
                        file + ": says that the key " + key.id() + " is builder " + builder + "'s",
                        "its operator signs it with: cosign attest-blob --statement " + file + " --bundle FILE"));
    }
}
