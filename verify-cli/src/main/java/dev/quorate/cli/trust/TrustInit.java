package dev.quorate.cli.trust;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.cli.WrittenFile;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.trust.RootKey;
import dev.quorate.trust.RootKeys;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TrustRoot;
import java.time.Instant;
import java.util.List;

/** Begins a trust root: its root keys, how many of them must sign, and when it expires. */
public final class TrustInit implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("trust init")
                .with(
                        Option.repeated(RootKeyOption.NAME, "NAME=PUBLIC"),
                        Option.required("threshold", "N"),
                        Option.required("expires", "SPAN"),
                        Option.required("o", "FILE"));
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here) throws RefusedException, MalformedException {
        List<RootKey> keys = RootKeyOption.all(arguments, here);
        if (keys.isEmpty()) {
            throw arguments.refused("needs --root-key NAME=PUBLIC; make a key with: quorate trust key -o FILE");
        }
        RootKeys root = arguments.value("threshold", text -> new RootKeys(RootKeyOption.number(text), keys));
        Instant expires = arguments.value("expires", text -> Expiry.parse(text, here.now()));
        var trust = new TrustRoot(1, expires, root, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
        String name = Printable.of(arguments.value("o"));
        byte[] bytes = SignedTrust.unsigned(trust).bytes();
        SignedTrust.parse(bytes, name);
        WrittenFile.create(here.path(arguments.value("o")), bytes);
        Json.Obj json = Json.object()
                .put("file", name)
                .put("version", 1)
                .put("threshold", root.threshold())
                .put("rootKeys", keys.size())
                .put("expires", expires.toString())
                .build();
        return Answer.done(
                json,
                name + ": version 1, a draft; " + root.threshold() + " of " + keys.size()
                        + " root keys must sign it; it expires " + expires);
    }
}
