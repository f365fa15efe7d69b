package dev.quorate.cli.spec;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.Ending;
import dev.quorate.cli.ExitCode;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.spec.RebuildSpec;
import java.util.ArrayList;
import java.util.List;

/** Reads specs and says of each whether it is one; a bad one does not hide the others. */
public final class SpecCheck implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("spec check").operands("FILE…", 1, Syntax.MANY);
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here) throws RefusedException {
        List<String> lines = new ArrayList<>();
        List<Json.Obj> files = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String name : arguments.operands()) {
            GivenFile file = GivenFile.of(here, name);
            try {
                RebuildSpec spec = RebuildSpec.parse(file.bytes(RebuildSpec.MAX_BYTES), file.printable());
                String state = state(spec);
                lines.add(file.printable() + ": ok (" + state + ")");
                files.add(entry(file, spec));
            } catch (MalformedException | RefusedException e) {
                problems.add(e.getMessage());
                files.add(Json.object()
                        .put("file", file.printable())
                        .put("error", e.getMessage())
                        .build());
            }
        }
        if (!problems.isEmpty() && !arguments.has("json")) {
            lines.forEach(here::progress);
            throw new RefusedException(String.join("\n", problems));
        }
        problems.forEach(problem -> here.err().println("quorate: " + problem));
        Json.Builder json = Json.object().put("specs", Json.arr(files));
        if (problems.isEmpty()) {
            return new Answer(Ending.POSITIVE, json.build(), lines);
        }
        json.put("error", String.join("\n", problems)).put("exit", ExitCode.USAGE.number());
        return new Answer(Ending.BAD_INPUT, json.build(), lines);
    }

    private static Json.Obj entry(GivenFile file, RebuildSpec spec) {
        Json.Builder entry = Json.object()
                .put("file", file.printable())
                .put("release", spec.release().toString())
                .put("locked", spec.isLocked())
                .put("inputs", spec.locked().map(List::size).orElse(0));
        return spec.isLocked() ? entry.put("digest", spec.digest().toString()).build() : entry.build();
    }

    private static String state(RebuildSpec spec) {
        return spec.locked().map(files -> "locked, " + files.size() + " inputs").orElse("unlocked");
    }
}
