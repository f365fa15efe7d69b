package dev.quorate.cli.spec;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.cli.WrittenFile;
import dev.quorate.imports.Importer;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Begins a spec from what somebody else recorded about a build. */
public final class SpecImport implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("spec import").operands("FILE", 1, 1).with(Option.optional("o", "OUT"));
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here) throws RefusedException, MalformedException {
        GivenFile file = GivenFile.of(here, arguments.operands().getFirst());
        String spec = Importer.of(file.name(), file.bytes(Importer.MAX_BYTES)).spec();
        if (!arguments.has("o")) {
            return Answer.done(Json.object().put("spec", spec).build(), spec.stripTrailing());
        }
        String out = arguments.value("o");
        WrittenFile.create(here.path(out), spec.getBytes(StandardCharsets.UTF_8));
        return Answer.done(
                Json.object().put("file", Printable.of(out)).build(),
                List.of(Printable.of(out) + ": begun; complete what its comments ask for, then: quorate spec lock "
                        + Printable.of(out)));
    }
}
