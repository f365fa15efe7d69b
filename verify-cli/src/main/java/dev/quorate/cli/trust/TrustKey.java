package dev.quorate.cli.trust;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.cli.key.PrivateKeyFile;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.Json;
import dev.quorate.json.Printable;
import java.util.List;

/** Makes a key pair for a root key holder or a maintainer. */
public final class TrustKey implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("trust key").with(Option.required("o", "FILE"));
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here) throws RefusedException {
        String name = arguments.value("o");
        P256Key key = PrivateKeyFile.create(here.path(name));
        String file = Printable.of(name);
        Json.Obj json = Json.object()
                .put("private", file)
                .put("public", file + ".pub")
                .put("key", key.toString())
                .put("id", key.id().hex())
                .build();
        return Answer.done(
                json,
                List.of(
                        file + ": private key, for its owner alone",
                        file + ".pub: public key " + key.id().hex()));
    }
}
