package dev.quorate.coordinator.http;

import dev.quorate.coordinator.desk.Desk;
import dev.quorate.coordinator.desk.RefusedException;
import dev.quorate.json.Json;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TrustRoot;
import java.io.IOException;
import java.util.List;

/** The trust root in force, the versions before it, and the next one. */
final class TrustRoutes {
    private final Desk desk;

    TrustRoutes(Desk desk) {
        this.desk = desk;
    }

    List<Route> routes() {
        return List.of(
                new Route(
                        "GET",
                        "/v1/trust",
                        Role.ANYONE,
                        0,
                        exchange -> file(desk.trust().current())),
                new Route("POST", "/v1/trust", Role.ROOT, SignedTrust.MAX_BYTES, this::push),
                new Route("GET", "/v1/trust/versions/{version}", Role.ANYONE, 0, this::version),
                new Route("GET", "/v1/trust/notices", Role.ANYONE, 0, this::notices));
    }

    private static Reply file(SignedTrust trust) {
        return Reply.bytes(200, "application/json", trust.bytes());
    }

    private Reply version(Exchange exchange) throws ProblemException {
        int version = exchange.path("version", TrustRoutes::number);
        return desk.trust().versions().stream()
                .filter(kept -> kept.trust().version() == version)
                .findFirst()
                .map(TrustRoutes::file)
                .orElseThrow(
                        () -> new ProblemException(Problem.notFound("no version " + version + " was in force here")));
    }

    private static int number(String text) {
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException("a version is a number from 1 on");
        }
        return Integer.parseInt(text);
    }

    private Reply push(Exchange exchange) throws ProblemException, RefusedException, IOException, InterruptedException {
        TrustRoot trust = desk.push(exchange.json(SignedTrust::read));
        return Reply.json(
                200,
                Json.object()
                        .put("version", trust.version())
                        .put("expires", trust.expires().toString())
                        .put("revocations", trust.revocations().size())
                        .build());
    }

    private Reply notices(Exchange exchange) throws RefusedException, IOException, InterruptedException {
        return Reply.bytes(200, "application/jsonl", desk.notices().bytes());
    }
}
