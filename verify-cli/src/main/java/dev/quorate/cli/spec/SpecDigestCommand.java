package dev.quorate.cli.spec;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.util.ArrayList;
import java.util.List;

/** Prints the digest of each locked spec. */
public final class SpecDigestCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("spec digest").operands("FILE…", 1, Syntax.MANY);
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here) throws RefusedException, MalformedException {
        List<String> lines = new ArrayList<>();
        List<Json.Obj> specs = new ArrayList<>();
        for (String name : arguments.operands()) {
            LockedSpec locked = LockedSpec.read(GivenFile.of(here, name));
            String digest = locked.spec().digest().toString();
            lines.add(digest + "  " + locked.file().printable());
            specs.add(Json.object()
                    .put("file", locked.file().printable())
                    .put("digest", digest)
                    .build());
        }
        return Answer.done(Json.object().put("specs", Json.arr(specs)).build(), lines);
    }
}
