package dev.quorate.cli.trust;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.trust.RootKey;
import dev.quorate.trust.RootKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Exchanges root keys, their threshold or the expiry in the next version. */
public final class TrustRotate implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("trust rotate")
                .operands("FILE", 1, 1)
                .with(
                        Option.repeated(RootKeyOption.NAME, "NAME=PUBLIC"),
                        Option.repeated("remove", "NAME"),
                        Option.optional("threshold", "N"),
                        Option.optional("expires", "SPAN"));
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here) throws RefusedException, MalformedException {
        TrustFile file = TrustFile.read(GivenFile.of(here, arguments.operands().getFirst()));
        List<RootKey> keys = new ArrayList<>(file.trust().root().keys());
        for (String name : arguments.all("remove")) {
            if (!keys.removeIf(key -> key.name().equals(name))) {
                throw arguments.refused("no root key is held by " + Printable.quote(name));
            }
        }
        for (RootKey added : RootKeyOption.all(arguments, here)) {
            keys.removeIf(key -> key.name().equals(added.name()));
            keys.add(added);
        }
        Instant expires = arguments
                .optional("expires", text -> Expiry.parse(text, here.now()))
                .orElse(file.trust().expires());
        RootKeys root = root(arguments, keys, file.trust().root().threshold());
        boolean same =
                root.equals(file.trust().root()) && expires.equals(file.trust().expires());
        if (same) {
            throw arguments.refused("changes nothing; give --root-key, --remove, --threshold or --expires");
        }
        return file.keep(
                Draft.of(file).root(root, expires),
                root.threshold() + " of " + keys.size() + " root keys, expires " + expires);
    }

    private static RootKeys root(Arguments arguments, List<RootKey> keys, int threshold) throws RefusedException {
        if (arguments.has("threshold")) {
            return arguments.value("threshold", text -> new RootKeys(RootKeyOption.number(text), keys));
        }
        try {
            return new RootKeys(threshold, keys);
        } catch (IllegalArgumentException e) {
            throw new RefusedException("trust rotate: " + e.getMessage() + "; give --threshold N", e);
        }
    }
}
