package dev.quorate.cli.round;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Columns;
import dev.quorate.cli.Ending;
import dev.quorate.cli.coordinator.FleetStatus;
import dev.quorate.json.Printable;
import java.util.ArrayList;
import java.util.List;

/** The standing of the builders' hosts in words. */
final class FleetText {
    private static final int SHORT_ID = 12;

    /** What becomes of a builder's next round that asks for attested hosts. */
    private enum State {
        ADMITTED,
        EXPIRED,
        RESTARTED,
        LOST,
        /** The trust root names hosts for it, and none has shown itself. */
        UNSEEN,
        /** The trust root names none. */
        NONE;

        static State of(FleetStatus.Builder builder) {
            if (builder.host().isEmpty()) {
                return builder.hosts() == 0 ? NONE : UNSEEN;
            }
            FleetStatus.Standing host = builder.host().get();
            return switch (host.standing()) {
                case "LOST" -> LOST;
                case "RESTARTED" -> RESTARTED;
                default -> host.admitted() ? ADMITTED : EXPIRED;
            };
        }

        String reason() {
            return switch (this) {
                case EXPIRED -> "its certificate has ended";
                case UNSEEN -> "has shown no host yet; start its agent";
                case NONE -> "the trust root names no host of it";
                case ADMITTED, RESTARTED, LOST -> "";
            };
        }
    }

    private FleetText() {}

    static Answer answer(FleetStatus fleet) {
        List<State> states = fleet.builders().stream().map(State::of).toList();
        return new Answer(ending(states), fleet.json(), lines(fleet, states));
    }

    private static Ending ending(List<State> states) {
        if (states.contains(State.LOST)) {
            return Ending.NEGATIVE;
        }
        boolean settled = states.stream().allMatch(state -> state == State.ADMITTED || state == State.NONE);
        return settled ? Ending.POSITIVE : Ending.UNDECIDED;
    }

    private static List<String> lines(FleetStatus fleet, List<State> states) {
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
        for (int i = 0; i < states.size(); i++) {
            columns.row(cells(fleet.builders().get(i), states.get(i)));
        }
        List<String> lines = new ArrayList<>(columns.lines());
        long admitted = states.stream().filter(State.ADMITTED::equals).count();
        long named = states.stream().filter(state -> state != State.NONE).count();
        lines.add(admitted + " admitted, of " + named + (named == 1 ? " builder" : " builders")
                + " whose hosts the trust root names");
        return lines;
    }

    private static String[] cells(FleetStatus.Builder builder, State state) {
        var host = builder.host();
        String reason = host.map(FleetStatus.Standing::reason).orElse("");
        return new String[] {
            Printable.of(builder.builder()),
            Printable.of(builder.operator()),
            Printable.of(builder.zone()),
            Printable.of(builder.cpuVendor()),
            state.name(),
            host.map(standing -> standing.since().toString()).orElse(""),
            host.filter(FleetStatus.Standing::admitted)
                    .map(standing -> standing.until().toString())
                    .orElse(""),
            Printable.of(host.map(FleetStatus.Standing::id)
                    .map(id -> id.substring(0, Math.min(SHORT_ID, id.length())))
                    .orElse("")),
            host.flatMap(FleetStatus.Standing::index).map(String::valueOf).orElse(""),
            state.reason().isEmpty() ? Printable.of(reason) : state.reason()
        };
    }
}
