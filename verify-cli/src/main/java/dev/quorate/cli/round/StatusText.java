package dev.quorate.cli.round;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Columns;
import dev.quorate.cli.Ending;
import dev.quorate.cli.coordinator.RoundStatus;
import dev.quorate.json.Printable;
import java.util.ArrayList;
import java.util.List;

/** A round's status in words. */
final class StatusText {
    private static final int SHORT_DIGEST = 12;

    private StatusText() {}

    static Answer answer(RoundStatus status) {
        return new Answer(ending(status), status.json(), lines(status));
    }

    static Ending ending(RoundStatus status) {
        return switch (status.verdict()) {
            case "CERTIFIED" -> Ending.POSITIVE;
            case "PENDING" -> Ending.UNDECIDED;
            default -> Ending.NEGATIVE;
        };
    }

    static List<String> lines(RoundStatus status) {
        List<String> lines = new ArrayList<>();
        lines.add("round     " + Printable.of(status.round()) + "  " + Printable.of(status.release()) + "  "
                + Printable.of(status.platform()));
        lines.add("state     " + Printable.of(status.state()));
        var columns =
                new Columns("BUILDER", "OPERATOR", "ZONE", "CPU", "HOST", "STATE", "OUTCOME", "OUTPUTS", "REASON");
        for (RoundStatus.BuilderStatus builder : status.builders()) {
            String outputs = builder.outputs();
            columns.row(
                    Printable.of(builder.builder()),
                    Printable.of(builder.operator()),
                    Printable.of(builder.zone()),
                    Printable.of(builder.cpuVendor()),
                    Printable.of(builder.host()),
                    Printable.of(builder.state()),
                    Printable.of(builder.outcome()),
                    Printable.of(outputs.substring(0, Math.min(SHORT_DIGEST, outputs.length()))),
                    Printable.of(builder.reason()));
        }
        lines.addAll(columns.lines());
        status.claims()
                .forEach(claim -> lines.add("claim     " + Printable.of(claim.name()) + "  sha256:"
                        + Printable.of(claim.sha256()) + "  " + Printable.of(claim.matches())));
        String reason = status.reason().isEmpty() ? "" : ": " + Printable.of(status.reason());
        lines.add(Printable.of(status.verdict()) + "  " + status.reached()
                + (status.reached() == 1 ? " operator agrees (" : " operators agree (") + status.required() + " needed)"
                + reason);
        if (!status.withdrawn().isEmpty()) {
            lines.add("WITHDRAWN  it was certified, and no longer is: " + Printable.of(status.withdrawn()));
        }
        if (!status.regression().isEmpty()) {
            lines.add("REGRESSION  " + Printable.of(status.regression()));
        }
        return lines;
    }
}
