package dev.quorate.coordinator.http;

import dev.quorate.coordinator.desk.Desk;
import dev.quorate.coordinator.desk.Lease;
import dev.quorate.coordinator.desk.RefusedException;
import dev.quorate.coordinator.round.Filed;
import dev.quorate.coordinator.round.LeaseToken;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.round.RoundId;
import dev.quorate.spec.Platform;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What agents say. */
final class LeaseRoutes {
    private static final int SHORT = 4 * 1024;
    private static final int LONGEST_COMMITMENT = 64 * 1024;
    private static final int LONGEST_EVIDENCE = 12 << 20;
    private static final int LONGEST_PROOF = 24 << 20;

    private final Desk desk;

    LeaseRoutes(Desk desk) {
        this.desk = desk;
    }

    List<Route> routes() {
        String one = "/v1/leases/{round}";
        return List.of(
                new Route("POST", "/v1/leases", Role.BUILDER, SHORT, this::lease),
                new Route("POST", one + "/heartbeat", Role.BUILDER, SHORT, this::heartbeat),
                new Route("POST", one + "/evidence", Role.BUILDER, LONGEST_EVIDENCE, this::attest),
                new Route("POST", one + "/commitment", Role.BUILDER, LONGEST_COMMITMENT, this::commit),
                new Route("GET", one + "/reveal", Role.BUILDER, 0, this::reveal),
                new Route("POST", one + "/proof", Role.BUILDER, LONGEST_PROOF, this::prove),
                new Route("DELETE", one, Role.BUILDER, 0, this::handBack));
    }

    private record Ask(Platform platform, Duration patience) {
        static Ask read(Fields fields) throws MalformedException {
            var ask = new Ask(
                    fields.string("platform", Platform::parse),
                    Exchange.seconds(fields.has("wait") ? fields.integer("wait", 0, 3600) : 0));
            fields.end();
            return ask;
        }
    }

    private record Shown(LeaseToken token, P256Key key, Envelope envelope) {
        static Shown read(Fields fields) throws MalformedException {
            var shown = new Shown(
                    readToken(fields), fields.string("key", P256Key::parse), fields.object("envelope", Envelope::read));
            fields.end();
            return shown;
        }
    }

    private record Said(LeaseToken token, Envelope envelope) {
        static Said read(Fields fields) throws MalformedException {
            var said = new Said(readToken(fields), fields.object("envelope", Envelope::read));
            fields.end();
            return said;
        }
    }

    private Reply lease(Exchange exchange)
            throws ProblemException, RefusedException, IOException, InterruptedException {
        Ask ask = exchange.json(Ask::read);
        Optional<Lease> lease = desk.lease(exchange.shown(), ask.platform(), ask.patience());
        return lease.isEmpty()
                ? Reply.empty(204)
                : Reply.json(
                        200,
                        Json.object()
                                .put("round", lease.get().round().text())
                                .put("token", lease.get().granted().token().number())
                                .put(
                                        "phase",
                                        lease.get().granted().stage().name().toLowerCase(Locale.ROOT))
                                .put("expires", lease.get().granted().expires().toString())
                                .put("opening", lease.get().opening().json())
                                .build());
    }

    private Reply heartbeat(Exchange exchange)
            throws ProblemException, RefusedException, IOException, InterruptedException {
        LeaseToken token = exchange.json(fields -> {
            LeaseToken read = readToken(fields);
            fields.end();
            return read;
        });
        Instant expires = desk.heartbeat(exchange.asker(), round(exchange), token);
        return Reply.json(200, Json.object().put("expires", expires.toString()).build());
    }

    private Reply attest(Exchange exchange)
            throws ProblemException, RefusedException, IOException, InterruptedException {
        Shown shown = exchange.json(Shown::read);
        return index(desk.attest(exchange.asker(), round(exchange), shown.token(), shown.key(), shown.envelope()));
    }

    private Reply commit(Exchange exchange)
            throws ProblemException, RefusedException, IOException, InterruptedException {
        Said said = exchange.json(Said::read);
        return index(desk.commit(exchange.asker(), round(exchange), said.token(), said.envelope()));
    }

    private Reply prove(Exchange exchange)
            throws ProblemException, RefusedException, IOException, InterruptedException {
        Said said = exchange.json(Said::read);
        return index(desk.prove(exchange.asker(), round(exchange), said.token(), said.envelope()));
    }

    private Reply reveal(Exchange exchange)
            throws ProblemException, RefusedException, IOException, InterruptedException {
        return desk.reveal(
                        exchange.asker(),
                        round(exchange),
                        exchange.query("token", LeaseToken::parse),
                        exchange.waitFromQuery())
                .map(json -> Reply.json(200, json))
                .orElseGet(() -> Reply.empty(204));
    }

    private Reply handBack(Exchange exchange) throws ProblemException, RefusedException, IOException {
        desk.handBack(exchange.asker(), round(exchange), exchange.query("token", LeaseToken::parse));
        return Reply.empty(204);
    }

    private static Reply index(Filed filed) {
        return Reply.json(200, Json.object().put("index", filed.index()).build());
    }

    private static LeaseToken readToken(Fields fields) throws MalformedException {
        return new LeaseToken(fields.integer("token", 0, Json.MAX_INTEGER));
    }

    private static RoundId round(Exchange exchange) throws ProblemException {
        return exchange.path("round", RoundId::parse);
    }
}
