package dev.quorate.cli.round;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Columns;
import dev.quorate.cli.Ending;
import dev.quorate.cli.coordinator.FleetStatus;
import dev.quorate.host.HostReadiness;
import dev.quorate.json.Printable;
import java.util.ArrayList;
import java.util.List;

/** The standing of the builders' hosts in words. */
final class FleetText {
    private static final int SHORT_ID = 12;

    private FleetText() {}

    static Answer answer(FleetStatus fleet) {
        List<HostReadiness> states =
                fleet.builders().stream().map(FleetStatus.Builder::state).toList();
        return new Answer(ending(states), fleet.json(), lines(fleet, states));
    }

    private static Ending ending(List<HostReadiness> states) {
        if (states.contains(HostReadiness.LOST)) {
            return Ending.NEGATIVE;
        }
        boolean settled =
                states.stream().allMatch(state -> state == HostReadiness.ADMITTED || state == HostReadiness.NONE);
        return settled ? Ending.POSITIVE : Ending.UNDECIDED;
    }

    /** Where the coordinator gives none. */
    private static String reason(HostReadiness state) {
        return switch (state) {
            case EXPIRED -> "its certificate has ended";
            case UNSEEN -> "has shown no host yet; start its agent";
            case NONE -> "the trust root names no host of it";
            case ADMITTED, RESTARTED, LOST -> "";
        };
    }

    private static List<String> lines(FleetStatus fleet, List<HostReadiness> states) {
        var columns = new Columns(
                "BUILDER",
                "OPERATOR",
                "ZONE",
                "CPU",
                "STANDING",
                "SINCE",
                "CERTIFICATE UNTIL",
                "HOST",
                "LOG",
                "REASON");
        fleet.builders().forEach(builder -> columns.row(cells(builder)));
        List<String> lines = new ArrayList<>(columns.lines());
        long admitted = states.stream().filter(HostReadiness.ADMITTED::equals).count();
        long named =
                states.stream().filter(state -> state != HostReadiness.NONE).count();
        lines.add(admitted + " admitted, of " + named + (named == 1 ? " builder" : " builders")
                + " whose hosts the trust root names");
        return lines;
    }

    private static String[] cells(FleetStatus.Builder builder) {
        HostReadiness state = builder.state();
        var host = builder.host();
        String reason = host.map(FleetStatus.Standing::reason).orElse("");
        return new String[] {
            Printable.of(builder.builder()),
            Printable.of(builder.operator()),
            Printable.of(builder.zone()),
            Printable.of(builder.cpuVendor()),
            state.name(),
            host.map(standing -> standing.since().toString()).orElse(""),
            host.filter(standing -> state == HostReadiness.ADMITTED)
                    .map(standing -> standing.until().toString())
                    .orElse(""),
            Printable.of(host.map(FleetStatus.Standing::id)
                    .map(id -> id.substring(0, Math.min(SHORT_ID, id.length())))
                    .orElse("")),
            host.flatMap(FleetStatus.Standing::index).map(String::valueOf).orElse(""),
            reason(state).isEmpty() ? Printable.of(reason) : reason(state)
        };
    }
}
