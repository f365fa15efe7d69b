package dev.quorate.coordinator.http;

import dev.quorate.coordinator.desk.Desk;
import dev.quorate.coordinator.desk.RefusedException;
import dev.quorate.coordinator.desk.Submitted;
import dev.quorate.coordinator.desk.Wish;
import dev.quorate.coordinator.round.Phase;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import dev.quorate.round.RoundId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What maintainers and the public ask about rounds. */
final class RoundRoutes {
    private static final int LONGEST_SUBMISSION = 24 << 20;
    private static final int LISTED = 50;
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private final Desk desk;

    RoundRoutes(Desk desk) {
        this.desk = desk;
    }

    List<Route> routes() {
        return List.of(
                new Route("POST", "/v1/rounds", Role.SUBMISSION, LONGEST_SUBMISSION, this::submit),
                new Route("GET", "/v1/rounds", Role.ANYONE, 0, this::list),
                new Route("GET", "/v1/rounds/{round}", Role.ANYONE, 0, this::status),
                new Route("GET", "/v1/rounds/{round}/events", Role.ANYONE, 0, this::events),
                new Route("GET", "/v1/rounds/{round}/kit", Role.ANYONE, 0, this::kit));
    }

    private Reply submit(Exchange exchange)
            throws ProblemException, RefusedException, IOException, InterruptedException {
        Submitted submitted = desk.submit(exchange.json(Wish::read));
        int status = submitted instanceof Submitted.Opened ? 201 : 200;
        return Reply.json(
                status, Json.object().put("round", submitted.round().text()).build());
    }

    private Reply list(Exchange exchange) throws RefusedException, IOException {
        return Reply.json(
                200,
                Json.object().put("rounds", Json.arr(desk.statuses(LISTED))).build());
    }

    private Reply status(Exchange exchange) throws ProblemException, RefusedException, IOException {
        return Reply.json(200, desk.status(round(exchange)));
    }

    private Reply kit(Exchange exchange) throws ProblemException, RefusedException, IOException, InterruptedException {
        RoundId round = round(exchange);
        return Reply.bytes(200, "application/jsonl", desk.kit(round).bytes())
                .with("Content-Disposition", "attachment; filename=\"" + round + ".sigstore.jsonl\"");
    }

    private Reply events(Exchange exchange) throws ProblemException, RefusedException, IOException {
        RoundId round = round(exchange);
        desk.phase(round);
        return Reply.events(new Changes(desk, round));
    }

    /** One event at once and after each change, until the round is over. */
    private static final class Changes implements Reply.Source {
        private final Desk desk;
        private final RoundId round;
        private Optional<String> last = Optional.empty();
        private boolean over;

        Changes(Desk desk, RoundId round) {
            this.desk = desk;
            this.round = round;
        }

        @Override
        public Optional<String> next() throws IOException, InterruptedException {
            Duration left = KEEP_ALIVE;
            while (!over && !desk.isDraining()) {
                long seen = desk.bell().count();
                String status = status();
                if (!last.equals(Optional.of(status))) {
                    last = Optional.of(status);
                    return Optional.of("event: status\ndata: " + status + "\n\n");
                } else if (left.isZero()) {
                    return Optional.of(": still here\n\n");
                }
                left = desk.bell().await(seen, left);
            }
            return Optional.empty();
        }

        private String status() throws IOException {
            try {
                // The phase first: a status that was read after the end is the last one.
                over = desk.phase(round) == Phase.LOGGED;
                return CanonicalJson.write(desk.status(round));
            } catch (RefusedException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }

    private static RoundId round(Exchange exchange) throws ProblemException {
        return exchange.path("round", RoundId::parse);
    }
}
