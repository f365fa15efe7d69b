package dev.quorate.cli.verify;

import dev.quorate.cli.HostWords;
import dev.quorate.tally.AttestedHost;
import dev.quorate.tally.Vote;
import dev.quorate.verify.Report;

/** A summary for a pull request, in GitHub's and GitLab's Markdown. */
final class MarkdownReport {
    private MarkdownReport() {}

    static String of(GateResult result) {
        Report report = result.report();
        var text = new StringBuilder("### Quorate: ").append(report.outcome()).append("\n\n");
        text.append(escape(ReportText.verdict(report)))
                .append("\n\n**Gate:** ")
                .append(escape(result.decision()))
                .append("\n\n");
        report.artifacts()
                .forEach(artifact -> text.append("- ")
                        .append(escape(artifact.name()))
                        .append(" `sha256:")
                        .append(artifact.sha256())
                        .append("`\n"));
        result.used()
                .forEach(waiver -> text.append("- **waiver used:** ")
                        .append(escape(waiver.words()))
                        .append('\n'));
        result.expired()
                .forEach(waiver -> text.append("- waiver expired: ")
                        .append(escape(waiver.words()))
                        .append('\n'));
        if (!report.votes().isEmpty()) {
            text.append(
                    "\n| builder | operator | zone | CPU | host | outcome | vote |\n|---|---|---|---|---|---|---|\n");
            report.votes().forEach(vote -> text.append(row(vote)));
        }
        return text.toString();
    }

    private static String row(Vote vote) {
        return "| "
                + String.join(
                        " | ",
                        escape(vote.builder().text()),
                        escape(vote.operator()),
                        escape(vote.zone()),
                        escape(vote.cpuVendor()),
                        HostWords.of(
                                vote.assurance().word(),
                                vote.host().map(AttestedHost::profile).orElse("")),
                        escape(vote.outcome()),
                        escape((vote.counted() ? "" : "not counted: ") + vote.reason()))
                + " |\n";
    }

    /** Everything that Markdown or HTML could take for markup is written as itself. */
    static String escape(String text) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '@' -> out.append("&#64;");
                case '\\', '`', '*', '_', '{', '}', '[', ']', '(', ')', '#', '!', '|', '~' ->
                    out.append('\\').append(c);
                default -> out.append(c < 0x20 ? ' ' : c);
            }
        }
        return out.toString();
    }
}
