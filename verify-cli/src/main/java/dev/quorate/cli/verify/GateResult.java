package dev.quorate.cli.verify;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Ending;
import dev.quorate.json.Json;
import dev.quorate.verify.Report;
import java.util.ArrayList;
import java.util.List;

/**
 * What a gate decided.
 *
 * @param used waivers that let a report pass that is not positive
 * @param expired waivers that no longer count
 */
record GateResult(Report report, Mode mode, List<Waiver> used, List<Waiver> expired) {
    /** Whether the artifacts are what the policy asks for, or somebody waived that. */
    boolean isPassed() {
        return report.outcome() == Report.Outcome.VERIFIED || !used.isEmpty();
    }

    Ending ending() {
        return isPassed() ? Ending.POSITIVE : mode.ending(ReportText.ending(report));
    }

    Answer answer() {
        return new Answer(ending(), json(), lines());
    }

    private Json.Obj json() {
        Json.Builder object = Json.object();
        report.json().members().forEach(object::put);
        return object.put("mode", mode.word())
                .put("passed", isPassed())
                .put("waivers", Json.arr(used.stream().map(Waiver::json).toList()))
                .build();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>(ReportText.lines(report));
        expired.forEach(waiver -> lines.add("waiver    EXPIRED, does not count: " + waiver.words()));
        used.forEach(waiver -> lines.add("waiver    USED: " + waiver.words()));
        lines.add("gate      " + decision());
        return lines;
    }

    /** The decision in words. */
    String decision() {
        if (report.outcome() == Report.Outcome.VERIFIED) {
            return "passed";
        }
        if (!used.isEmpty()) {
            return "passed by waiver, not by verification";
        }
        return switch (mode) {
            case BLOCK -> "blocked";
            case WARN -> "WARNING: not verified, and let through because the mode is warn";
            case INFO -> "not verified, and let through because the mode is info";
        };
    }
}
