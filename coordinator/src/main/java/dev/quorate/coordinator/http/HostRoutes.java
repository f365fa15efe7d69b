package dev.quorate.coordinator.http;

import dev.quorate.coordinator.desk.Desk;
import dev.quorate.coordinator.desk.RefusedException;
import dev.quorate.coordinator.enrol.Admission;
import dev.quorate.coordinator.store.Standing;
import dev.quorate.dsse.Base64Text;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.HostId;
import dev.quorate.trust.TrustedBuilder;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How hosts are admitted, and in what standing they are. */
final class HostRoutes {
    private static final int SHORT = 4 * 1024;
    private static final int LONGEST_EVIDENCE = 12 << 20;

    private final Desk desk;
    private final Admission admission;

    HostRoutes(Desk desk, Admission admission) {
        this.desk = desk;
        this.admission = admission;
    }

    List<Route> routes() {
        return List.of(
                new Route("POST", "/v1/enrol/nonce", Role.BUILDER, SHORT, this::nonce),
                new Route("POST", "/v1/enrol", Role.BUILDER, LONGEST_EVIDENCE, this::admit),
                new Route("GET", "/v1/builders", Role.ANYONE, 0, exchange -> builders()),
                new Route("GET", "/v1/builders/notices", Role.ANYONE, 0, exchange -> notices()));
    }

    private record Shown(P256Key key, Envelope envelope) {
        static Shown read(Fields fields) throws MalformedException {
            var shown = new Shown(fields.string("key", P256Key::parse), fields.object("envelope", Envelope::read));
            fields.end();
            return shown;
        }
    }

    private Reply nonce(Exchange exchange) throws ProblemException, IOException, InterruptedException {
        exchange.json(fields -> {
            fields.end();
            return fields;
        });
        return Reply.json(
                200,
                Json.object()
                        .put("nonce", admission.nonce(exchange.asker()).base64())
                        .build());
    }

    private Reply admit(Exchange exchange)
            throws ProblemException, RefusedException, IOException, InterruptedException {
        Shown shown = exchange.json(Shown::read);
        X509Certificate certificate = admission.admit(exchange.asker(), shown.key(), shown.envelope());
        try {
            return Reply.json(
                    200,
                    Json.object()
                            .put("certificate", Base64Text.encode(certificate.getEncoded()))
                            .put(
                                    "expires",
                                    certificate.getNotAfter().toInstant().toString())
                            .build());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was made can be written", e);
        }
    }

    private Reply builders() {
        Map<BuilderId, Long> indices = desk.hosts().standings().indices();
        List<Json.Obj> all = desk.trust().trust().builders().stream()
                .map(builder -> builder(builder, Optional.ofNullable(indices.get(builder.id()))))
                .toList();
        return Reply.json(200, Json.object().put("builders", Json.arr(all)).build());
    }

    private Json.Obj builder(TrustedBuilder builder, Optional<Long> index) {
        return Json.object()
                .put("builder", builder.id().text())
                .put("operator", builder.operator())
                .put("zone", builder.zone())
                .put("cpuVendor", builder.cpuVendor())
                .put("hosts", builder.hosts().size())
                .put("state", desk.hosts().standings().readiness(builder).name())
                .put(
                        "host",
                        desk.hosts()
                                .standings()
                                .of(builder.id())
                                .<Json>map(standing -> standing(standing, index))
                                .orElseGet(Json.Null::new))
                .build();
    }

    private Json.Obj standing(Standing standing, Optional<Long> index) {
        return Json.object()
                .put("standing", standing.state().name())
                .put("admitted", desk.hosts().standings().isAdmitted(standing.builder()))
                .put(
                        "id",
                        standing.host()
                                .map(HostId::toString)
                                .<Json>map(Json::str)
                                .orElseGet(Json.Null::new))
                .put("since", standing.at().toString())
                .put("until", standing.until().toString())
                .put("reason", standing.reason())
                .put("evidence", standing.evidence().hex())
                .put("index", index.<Json>map(Json::num).orElseGet(Json.Null::new))
                .build();
    }

    private Reply notices() throws RefusedException, IOException, InterruptedException {
        return Reply.bytes(200, "application/jsonl", desk.hostNotices().bytes());
    }
}
