package dev.quorate.coordinator.http;

import dev.quorate.coordinator.desk.DebianPackage;
import dev.quorate.coordinator.desk.Desk;
import dev.quorate.coordinator.desk.LinkedRound;
import dev.quorate.coordinator.desk.RefusedException;
import dev.quorate.export.LinkKey;
import dev.quorate.json.Json;
import dev.quorate.round.BuilderId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What rebuilderd serves to {@code repro-threshold}, and what {@code apt-transport-in-toto} asks of rebuilders. Those
 * tools take one key or one link of each address that they are told, so each builder has an address of its own, below
 * {@code /rebuilders/}; at the root all builders speak with one voice, each by its own signature.
 */
final class RebuilderRoutes {
    private static final long LARGEST_ID = Json.MAX_INTEGER;

    private final Desk desk;

    RebuilderRoutes(Desk desk) {
        this.desk = desk;
    }

    List<Route> routes() {
        return Stream.of("", "/rebuilders/{builder}")
                .flatMap(base -> Stream.of(
                        anyone(base + "/api/v1/meta/public-keys", this::keys),
                        anyone(base + "/api/v1/packages/binary", this::search),
                        anyone(base + "/api/v1/builds/{build}/artifacts/{artifact}/attestation", this::attestation),
                        anyone(base + "/sources/{name}/{version}/metadata", this::metadata)))
                .toList();
    }

    private static Route anyone(String path, Route.Action action) {
        return new Route("GET", path, Role.ANYONE, 0, action);
    }

    /** Each key as repro-threshold 0.1.2 counts it, and then each as RFC 8410 has it. */
    private Reply keys(Exchange exchange) throws ProblemException, RefusedException {
        List<LinkKey> keys = desk.links().keys(builder(exchange));
        List<String> current = Stream.concat(
                        keys.stream().map(LinkKey::pemWithNull), keys.stream().map(LinkKey::pem))
                .toList();
        return Reply.json(
                200, Json.object().put("current", Json.strings(current)).build());
    }

    private Reply search(Exchange exchange) throws ProblemException, RefusedException, IOException {
        Optional<BuilderId> builder = builder(exchange);
        String name = exchange.query("name", DebianPackage::name);
        String version = exchange.query("version", DebianPackage::version);
        String architecture = exchange.query("architecture", DebianPackage::architecture);
        var debian = new DebianPackage(name, version);
        List<Json.Obj> records = new ArrayList<>();
        for (LinkedRound round : desk.links().search(builder, debian, architecture)) {
            OptionalInt file = round.file(debian.file(architecture));
            if (file.isPresent()) {
                records.add(Json.object()
                        .put("name", name)
                        .put("version", version)
                        .put("architecture", architecture)
                        .put("status", "GOOD")
                        .put("build_id", round.number())
                        .put("artifact_id", file.getAsInt())
                        .build());
            }
        }
        return Reply.json(
                200,
                Json.object()
                        .put("total", records.size())
                        .put("records", Json.arr(records))
                        .build());
    }

    private Reply attestation(Exchange exchange) throws ProblemException, RefusedException, IOException {
        long build = exchange.path("build", RebuilderRoutes::id);
        long artifact = exchange.path("artifact", RebuilderRoutes::id);
        return link(desk.links().at(builder(exchange), build).filter(round -> artifact < round.files()));
    }

    private Reply metadata(Exchange exchange) throws ProblemException, RefusedException, IOException {
        String name = exchange.path("name", DebianPackage::name);
        String version = exchange.path("version", DebianPackage::version);
        return link(desk.links().newest(builder(exchange), new DebianPackage(name, version)));
    }

    private static Reply link(Optional<LinkedRound> round) throws ProblemException {
        return Reply.json(
                200,
                round.orElseThrow(() -> new ProblemException(
                                Problem.notFound("no certified round has a link of that builder for it")))
                        .link());
    }

    private static Optional<BuilderId> builder(Exchange exchange) throws ProblemException {
        return exchange.path().containsKey("builder")
                ? Optional.of(exchange.path("builder", BuilderId::parse))
                : Optional.empty();
    }

    private static long id(String digits) {
        if (!digits.matches("0|[1-9][0-9]{0,15}") || Long.parseLong(digits) > LARGEST_ID) {
            throw new IllegalArgumentException("must be a number");
        }
        return Long.parseLong(digits);
    }
}
