package dev.quorate.cli.verify;

import dev.quorate.cli.Columns;
import dev.quorate.cli.Ending;
import dev.quorate.cli.HostWords;
import dev.quorate.json.Printable;
import dev.quorate.tally.AttestedHost;
import dev.quorate.tally.Vote;
import dev.quorate.verify.LogView;
import dev.quorate.verify.Refusal;
import dev.quorate.verify.Report;
import java.util.ArrayList;
import java.util.List;

/** A report in words; its last line is the verdict. */
final class ReportText {
    private static final int SHORT_DIGEST = 12;

    private ReportText() {}

    static Ending ending(Report report) {
        return switch (report.outcome()) {
            case VERIFIED -> Ending.POSITIVE;
            case REFUSED -> Ending.NEGATIVE;
            case UNDECIDED -> Ending.UNDECIDED;
        };
    }

    static List<String> lines(Report report) {
        List<String> lines = new ArrayList<>();
        report.artifacts()
                .forEach(artifact -> lines.add("artifact  " + artifact.name() + "  sha256:" + artifact.sha256()));
        report.round().ifPresent(round -> lines.add("round     " + round));
        report.spec().ifPresent(spec -> lines.add("spec      " + spec));
        report.log().ifPresent(log -> lines.add("log       " + log(log)));
        report.time().ifPresent(time -> lines.add("time      " + time + ", " + source(report.timeSource())));
        if (!report.votes().isEmpty()) {
            lines.add("");
            lines.addAll(votes(report.votes()));
            lines.add("");
        }
        report.notes().forEach(note -> lines.add("note      " + Printable.of(note)));
        lines.add(verdict(report));
        return lines;
    }

    private static String source(String timeSource) {
        return timeSource.equals("clock") ? "by the clock here" : "on the word of the " + timeSource.replace('-', ' ');
    }

    /** One line that says it all. */
    static String verdict(Report report) {
        String release = report.release().map(name -> name + ": ").orElse("");
        return switch (report.outcome()) {
            case VERIFIED -> "VERIFIED  " + release + count(report);
            case UNDECIDED -> "UNDECIDED " + release + count(report) + "; the round is not decided yet";
            case REFUSED -> {
                Refusal first = report.refusals().getFirst();
                yield "REFUSED   " + first.code() + ": " + Printable.of(first.detail());
            }
        };
    }

    private static String count(Report report) {
        long operators = report.votes().stream()
                .map(Vote::operator)
                .filter(operator -> !operator.isEmpty())
                .distinct()
                .count();
        return report.reached() + " of " + operators + " operators agree (" + report.required() + " needed)";
    }

    private static List<String> votes(List<Vote> votes) {
        var columns = new Columns("BUILDER", "OPERATOR", "ZONE", "CPU", "HOST", "OUTCOME", "OUTPUTS", "VOTE");
        for (Vote vote : votes) {
            columns.row(
                    vote.builder().text(),
                    vote.operator(),
                    vote.zone(),
                    vote.cpuVendor(),
                    HostWords.of(
                            vote.assurance().word(),
                            vote.host().map(AttestedHost::profile).orElse("")),
                    vote.outcome(),
                    vote.outputs()
                            .map(digest -> digest.hex().substring(0, SHORT_DIGEST))
                            .orElse("-"),
                    (vote.counted() ? "" : "not counted: ") + Printable.of(vote.reason()));
        }
        return columns.lines();
    }

    private static String log(LogView log) {
        String witnesses =
                log.witnesses().isEmpty() ? "no witnesses" : "witnesses " + String.join(", ", log.witnesses());
        return Printable.of(log.origin()) + ", " + log.size() + " entries, " + Printable.of(witnesses);
    }
}
