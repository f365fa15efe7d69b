package dev.quorate.cli.verify;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Arguments;
import dev.quorate.cli.Command;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.json.MalformedException;
import dev.quorate.kit.Kit;
import dev.quorate.verify.Artifact;
import dev.quorate.verify.Report;
import dev.quorate.verify.Verifier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The check as a step of a CI job. */
public final class GateCommand implements Command {
    @Override
    public Syntax syntax() {
        return Checks.syntax("gate")
                .with(
                        Option.optional("kit", "FILE"),
                        Option.optional("round", "ROUND"),
                        Option.optional("config", "FILE"),
                        Option.optional("mode", "info|warn|block"),
                        Option.optional("wait", "SPAN"),
                        Option.optional("waivers", "FILE"),
                        Option.repeated("report", "junit=F,sarif=F,md=F"));
    }

    @Override
    public Answer run(Arguments arguments, Surroundings here)
            throws RefusedException, MalformedException, InterruptedException {
        if (arguments.has("kit") == arguments.has("round")) {
            throw arguments.refused("needs one of --kit FILE and --round ROUND");
        }
        if (arguments.has("kit") && arguments.has("wait")) {
            throw arguments.refused("--wait goes with --round; a kit does not change");
        }
        Mode mode = arguments.optional("mode", Mode::parse).orElse(Mode.BLOCK);
        Waivers waivers =
                arguments.has("waivers") ? Waivers.read(GivenFile.of(here, arguments.value("waivers"))) : Waivers.NONE;
        ReportFiles reports = ReportFiles.read(arguments, here);
        Verifier verifier = Checks.verifier(arguments, here);
        List<Artifact> artifacts = Artifacts.hash(here, arguments.operands());
        Report report = arguments.has("kit")
                ? ofFile(arguments, here, verifier, artifacts)
                : RoundCheck.of(arguments, here).check(verifier, artifacts);

        Instant now = here.now();
        boolean verified = report.outcome() == Report.Outcome.VERIFIED;
        var result = new GateResult(
                report, mode, verified ? List.of() : waivers.covering(report, now), waivers.expired(now));
        reports.write(result);
        return result.answer();
    }

    private static Report ofFile(Arguments arguments, Surroundings here, Verifier verifier, List<Artifact> artifacts)
            throws RefusedException {
        GivenFile kit = GivenFile.of(here, arguments.value("kit"));
        return verifier.verify(artifacts, kit.bytes(Kit.MAX_BYTES), kit.printable());
    }

    /** A report about a round of which nothing could be had in time. */
    static Report undecided(Verifier verifier, List<Artifact> artifacts, String note) {
        return new Report(
                Report.Outcome.UNDECIDED,
                List.of(),
                artifacts,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                verifier.policy().threshold(),
                0,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                "none",
                List.of(note));
    }
}
