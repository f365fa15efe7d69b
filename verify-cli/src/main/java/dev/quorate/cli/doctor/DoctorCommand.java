package dev.quorate.cli.doctor;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Columns;
import dev.quorate.cli.Command;
import dev.quorate.cli.Ending;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.json.Json;
import dev.quorate.json.Printable;
import java.util.ArrayList;
import java.util.List;

/** Examines this machine. */
public final class DoctorCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("doctor").with(Option.optional("dir", "DIR"));
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here) throws RefusedException, InterruptedException {
        String data =
                arguments.optional("dir").or(() -> here.variable("TMPDIR")).orElse("/tmp");
        var machine = new Machine(here.variable("PATH").orElse(""), here.path(data), here.variable("QUORATE_LAUNCHER"));
        List<Finding> findings = machine.examine();
        boolean works = findings.stream().noneMatch(finding -> finding.state() == Finding.State.MISSING);
        Json.Obj json = Json.object()
                .put("works", works)
                .put("findings", Json.arr(findings.stream().map(Finding::json).toList()))
                .build();
        return new Answer(works ? Ending.POSITIVE : Ending.NEGATIVE, json, lines(findings, works));
    }

    private static List<String> lines(List<Finding> findings, boolean works) {
        var columns = new Columns("STATE", "WHAT", "SEEN");
        for (Finding finding : findings) {
            String remedy = finding.remedy().isEmpty() ? "" : "  → " + finding.remedy();
            columns.row(
                    finding.state().name().toLowerCase(java.util.Locale.ROOT),
                    finding.name(),
                    Printable.of(finding.detail()) + remedy);
        }
        List<String> lines = new ArrayList<>(columns.lines());
        lines.add(works ? "the main path works on this machine" : "the main path does NOT work on this machine yet");
        return lines;
    }
}
