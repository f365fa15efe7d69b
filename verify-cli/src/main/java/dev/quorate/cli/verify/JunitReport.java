package dev.quorate.cli.verify;

import dev.quorate.verify.Artifact;
import dev.quorate.verify.Report;
import java.util.List;

/** JUnit's XML as CI systems read it: one test for each artifact. */
final class JunitReport {
    private JunitReport() {}

    static String of(GateResult result) {
        List<Artifact> artifacts = result.report().artifacts();
        boolean verified = result.report().outcome() == Report.Outcome.VERIFIED;
        boolean failed = !result.isPassed() && result.mode() == Mode.BLOCK;
        int failures = failed ? artifacts.size() : 0;
        int skipped = verified || failed ? 0 : artifacts.size();
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuites><testsuite name=\"quorate gate\" tests=\"")
                .append(artifacts.size())
                .append("\" failures=\"")
                .append(failures)
                .append("\" errors=\"0\" skipped=\"")
                .append(skipped)
                .append("\">\n");
        for (Artifact artifact : artifacts) {
            xml.append("<testcase classname=\"quorate.gate\" name=\"")
                    .append(escape(artifact.name()))
                    .append("\">");
            if (failed) {
                xml.append(problem("failure", result))
                        .append(escape(body(result)))
                        .append("</failure>");
            } else if (!verified) {
                xml.append(problem("skipped", result)).append("</skipped>");
            }
            xml.append("<system-out>").append(escape(body(result))).append("</system-out></testcase>\n");
        }
        return xml.append("</testsuite></testsuites>\n").toString();
    }

    private static String problem(String element, GateResult result) {
        String type = result.report().refusals().isEmpty()
                ? result.report().outcome().name()
                : result.report().refusals().getFirst().code().name();
        String message = ReportText.verdict(result.report()) + "; gate: " + result.decision();
        String kind = element.equals("failure") ? " type=\"" + escape(type) + "\"" : "";
        return "<" + element + " message=\"" + escape(message) + "\"" + kind + ">";
    }

    private static String body(GateResult result) {
        return String.join("\n", result.answer().lines());
    }

    /** XML 1.0 has no way to write most control characters, so they are left out. */
    static String escape(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&apos;");
                case '\n' -> out.append("&#10;");
                default -> {
                    boolean allowed = c >= 0x20 && c <= 0xd7ff || c >= 0xe000 && c <= 0xfffd || c >= 0x10000;
                    if (allowed) {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.toString();
    }
}
