package dev.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.dsse.Base64Text;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.host.Occasion;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.kit.Kit;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Nonce;
import dev.quorate.round.RoundId;
import dev.quorate.trust.HostTrust;
import dev.quorate.trust.Maker;
import dev.quorate.trust.PcrReference;
import dev.quorate.trust.Tpm2Profile;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two builders whose hosts have TPMs, and a coordinator whose policy wants them measured. */
abstract class AdmissionCase {
    static final BuilderId B1 = new BuilderId("b1");
    static final BuilderId B2 = new BuilderId("b2");
    static final Duration LIFE = Duration.ofMinutes(30);

    final MovableClock clock = new MovableClock();
    final Map<BuilderId, SoftTpm> tpms = Map.of(
            B1, new SoftTpm("t1").measure(4, "kernel"),
            B2, new SoftTpm("t2").measure(4, "kernel"));
    Lab lab;
    Client anyone;

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        lab = new Lab(directory, 2, "hostCertificates: 30m\nlease: 10h\n");
        lab.stop();
        var kernel = List.of(new PcrReference(4, List.of(tpms.get(B1).pcr(4))));
        var judged = new HostTrust(
                List.of(new Maker("maker", List.of(SoftTpm.certificate("maker")))),
                List.of(new Tpm2Profile("p", kernel, List.of(), false)));
        Files.write(
                lab.config.trust(),
                lab.hosting(
                                judged,
                                Map.of(
                                        B1,
                                        tpms.get(B1).host("p"),
                                        B2,
                                        tpms.get(B2).host("p")))
                        .bytes());
        Files.writeString(
                lab.config.policy(),
                "threshold: 2\ndistinct: {zone: 2}\nhosts: measured\ndissent: blocks\nwitnesses: 0\nfreshness: 90d\n");
        lab.start(clock.withZone(ZoneOffset.UTC));
        anyone = lab.anonymous();
    }

    @AfterEach
    void close() {
        lab.close();
    }

    Nonce nonce(BuilderId builder) throws Exception {
        return Nonce.parse(Client.json(
                        lab.as(builder).post("/v1/enrol/nonce", Json.object().build()))
                .string("nonce"));
    }

    /** Starts the coordinator again. */
    void restart() throws Exception {
        lab.stop();
        lab.start(clock.withZone(ZoneOffset.UTC));
        anyone = lab.anonymous();
    }

    HttpResponse<byte[]> admit(BuilderId builder, ShownHost shown) throws Exception {
        return lab.as(builder).post("/v1/enrol", shown.json());
    }

    record Admitted(FakeAgent agent, X509Certificate certificate, ShownHost shown) {}

    Admitted admitted(BuilderId builder) throws Exception {
        ShownHost shown = ShownHost.of(builder, tpms.get(builder), new Occasion.OfEnrolment(nonce(builder)));
        X509Certificate certificate = certificate(admit(builder, shown));
        Client client = lab.showing(shown.pair(), certificate);
        return new Admitted(new FakeAgent(builder, client, lab.builders.get(builder)), certificate, shown);
    }

    static X509Certificate certificate(HttpResponse<byte[]> answer) throws Exception {
        assertEquals(200, answer.statusCode(), () -> text(answer));
        byte[] der = Client.json(answer).string("certificate", Base64Text::decode);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    HttpResponse<byte[]> lease(FakeAgent agent) throws Exception {
        return agent.lease(
                0, lab.trust.trust().certifiers().getFirst().keys().getFirst().key());
    }

    HttpResponse<byte[]> beat(FakeAgent agent) throws Exception {
        return lab.as(agent.id)
                .post(
                        agent.path("heartbeat"),
                        Json.object().put("token", agent.token).build());
    }

    RoundId submit(String name) throws Exception {
        return Client.json(anyone.post(
                        "/v1/rounds",
                        lab.submission(Lab.spec(name, name.getBytes(StandardCharsets.UTF_8)), List.of())
                                .json()))
                .string("round", RoundId::parse);
    }

    /** Asks until a round has been counted. */
    Fields counted(RoundId round) throws Exception {
        while (true) {
            Fields status = Client.json(anyone.get("/v1/rounds/" + round));
            if (!status.string("verdict").equals("PENDING")) {
                return status;
            }
            Thread.onSpinWait();
        }
    }

    Fields host(BuilderId builder) throws Exception {
        return shown(builder).object("host");
    }

    /** What becomes of a builder in the next round. */
    String state(BuilderId builder) throws Exception {
        return shown(builder).string("state");
    }

    private Fields shown(BuilderId builder) throws Exception {
        List<Fields> all = Client.json(anyone.get("/v1/builders")).objects("builders", 10, one -> one);
        return all.stream().filter(one -> is(one, builder)).findFirst().orElseThrow();
    }

    static boolean is(Fields one, BuilderId builder) {
        try {
            return one.string("builder").equals(builder.text());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    int notices() throws Exception {
        byte[] lines = anyone.get("/v1/builders/notices").body();
        return lines.length == 0 ? 0 : Kit.parse(lines, "notices").bundles().size();
    }

    static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    void refused(String reason, BuilderId builder, ShownHost shown) throws Exception {
        HttpResponse<byte[]> answer = admit(builder, shown);
        assertTrue(answer.statusCode() / 100 == 4 && text(answer).contains(reason), () -> text(answer));
    }
}
