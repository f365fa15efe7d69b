package dev.quorate.cli.verify;

import dev.quorate.cli.Arguments;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.coordinator.ClientConfig;
import dev.quorate.cli.coordinator.Coordinator;
import dev.quorate.cli.coordinator.RoundStatus;
import dev.quorate.cli.coordinator.RoundWatch;
import dev.quorate.cli.coordinator.Steps;
import dev.quorate.json.MalformedException;
import dev.quorate.quantity.Span;
import dev.quorate.round.RoundId;
import dev.quorate.verify.Artifact;
import dev.quorate.verify.Refusal;
import dev.quorate.verify.RefusalCode;
import dev.quorate.verify.Report;
import dev.quorate.verify.Verifier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Waits for a round, fetches its kit and checks that; the coordinator is believed in nothing. */
record RoundCheck(RoundId round, Duration patience, ClientConfig config, Surroundings here) {
    static RoundCheck of(Arguments arguments, Surroundings here) throws RefusedException, MalformedException {
        return new RoundCheck(
                arguments.value("round", RoundId::parse),
                arguments.optional("wait", Span::parse).map(Span::duration).orElse(Duration.ZERO),
                ClientConfig.find(arguments, here),
                here);
    }

    Report check(Verifier verifier, List<Artifact> artifacts)
            throws RefusedException, MalformedException, InterruptedException {
        try (var coordinator = Coordinator.connect(config)) {
            if (patience.isPositive()) {
                Optional<RoundStatus> last =
                        new RoundWatch(coordinator, round, here).until(patience, new Steps(here)::show);
                if (last.isEmpty()) {
                    return GateCommand.undecided(
                            verifier,
                            artifacts,
                            "the coordinator could not be reached for " + patience.toSeconds() + " s");
                }
            }
            return onlyOfRound(verifier.verify(artifacts, coordinator.kit(round), "kit of " + round));
        }
    }

    /** A coordinator may answer with a good kit of another round. */
    private Report onlyOfRound(Report report) {
        if (report.round().isEmpty() || report.round().get().equals(round)) {
            return report;
        }
        var refusal = new Refusal(
                RefusalCode.ROUND_MISMATCH,
                "the coordinator gave the kit of " + report.round().get() + " for " + round);
        return new Report(
                Report.Outcome.REFUSED,
                List.of(refusal),
                report.artifacts(),
                report.release(),
                report.spec(),
                report.round(),
                report.required(),
                report.reached(),
                report.votes(),
                report.log(),
                report.time(),
                report.timeSource(),
                report.notes());
    }
}
