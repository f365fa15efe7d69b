package dev.quorate.coordinator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.coordinator.Client;
import dev.quorate.coordinator.Lab;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.round.BuilderId;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The route table against its document, and every route against every wrong client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolesTest {
    private static final String ROUND = "r-00000000000000000000000000";

    private Lab lab;

    @BeforeAll
    void openLab(@TempDir Path directory) throws Exception {
        lab = new Lab(directory, 3, "");
    }

    @AfterAll
    void closeLab() {
        lab.close();
    }

    private static Iterable<Route> routes() {
        return Routes.of(null, null, null, null, null, new Metrics());
    }

    @Test
    void theDocumentAndTheTableNameTheSameRoutesAndRoles() throws Exception {
        Map<String, String> served = new TreeMap<>();
        routes().forEach(route ->
                served.put(route.method() + " " + route.path(), route.role().name()));
        Fields paths = Client.json(lab.anonymous().get("/openapi.json")).object("paths");
        Map<String, String> described = new TreeMap<>();
        for (String path : paths.names()) {
            Fields methods = paths.object(path);
            for (String method : methods.names()) {
                described.put(
                        method.toUpperCase(Locale.ROOT) + " " + path,
                        methods.object(method).string("x-role"));
            }
        }
        assertEquals(described, served);
    }

    @Test
    void builderRoutesRefuseWhoeverIsNoBuilder() throws Exception {
        var b1 = new BuilderId("b1");
        Instant now = Instant.now();
        refuses(401, "certificate-missing", lab.anonymous());
        refuses(401, "certificate-expired", lab.as("b1", lab.builders.get(b1), now.minus(Duration.ofDays(1))));
        refuses(401, "certificate-not-yet-valid", lab.as("b1", lab.builders.get(b1), now.plus(Duration.ofDays(1))));
        refuses(403, "key-unknown", lab.as("b1", KeyPairSigner.generate(), now.minusSeconds(60)));
        refuses(403, "key-unknown", lab.as("b2", lab.builders.get(b1), now.minusSeconds(60)));
        refuses(403, "builder-unknown", lab.as("stranger", KeyPairSigner.generate(), now.minusSeconds(60)));
        refuses(403, "builder-unknown", lab.as("Ünnamed", KeyPairSigner.generate(), now.minusSeconds(60)));
        refuses(403, "builder-revoked", lab.as(Lab.REVOKED));
    }

    private void refuses(int status, String problem, Client client) throws Exception {
        int checked = 0;
        for (Route route : routes()) {
            if (route.role() == Role.BUILDER) {
                HttpResponse<byte[]> answer =
                        client.send(route.method(), route.path().replace("{round}", ROUND), body(route));
                assertEquals(status, answer.statusCode(), route.path() + " " + text(answer));
                assertEquals(problem, Client.problem(answer), route.path());
                checked++;
            }
        }
        assertEquals(9, checked);
    }

    @Test
    void aHostNeedsAGoodCertificateForANameOfTheTrustRootAlone() throws Exception {
        var b1 = new BuilderId("b1");
        Instant now = Instant.now();
        // No makers are configured here, so nobody gets further; that a name is taken is tested with real TPMs.
        for (Client client : List.of(
                lab.anonymous(),
                lab.as(b1),
                lab.as("b1", lab.builders.get(b1), now.minus(Duration.ofDays(1))),
                lab.as("b1", KeyPairSigner.generate(), now.minusSeconds(60)))) {
            for (Route route : routes()) {
                if (route.role() == Role.HOST) {
                    assertEquals("malformed", Client.problem(client.send("POST", route.path(), body(route))));
                }
            }
        }
    }

    private static byte[] body(Route route) {
        return route.method().equals("POST") ? "{}".getBytes(StandardCharsets.UTF_8) : new byte[0];
    }

    @Test
    void uploadsNeedAReasonAndACertificate() throws Exception {
        byte[] blob = "blob".getBytes(StandardCharsets.UTF_8);
        String path = "/v1/blobs/sha256:" + dev.quorate.digest.Sha256.of(blob);
        assertEquals("certificate-missing", Client.problem(lab.anonymous().send("PUT", path, blob)));
        assertEquals(
                "nothing-to-reveal", Client.problem(lab.as(new BuilderId("b1")).send("PUT", path, blob)));
    }

    @Test
    void wrongInputIsAProblemAndNotAFailure() throws Exception {
        Client client = lab.as(new BuilderId("b1"));
        for (String body : new String[] {"", "{", "[]", "{\"platform\":7}", "{\"platform\":\"linux/amd64\",\"x\":1}"}) {
            HttpResponse<byte[]> answer = client.send("POST", "/v1/leases", body.getBytes(StandardCharsets.UTF_8));
            assertEquals(400, answer.statusCode(), body);
        }
        assertEquals(413, client.send("POST", "/v1/leases", new byte[5000]).statusCode());
        assertEquals(400, lab.anonymous().get("/v1/rounds/nonsense").statusCode());
        assertEquals(404, lab.anonymous().get("/v1/rounds/" + ROUND).statusCode());
        assertEquals(404, lab.anonymous().get("/v1/nothing").statusCode());
        HttpResponse<byte[]> patched = lab.anonymous().send("PATCH", "/v1/rounds", new byte[0]);
        assertEquals(405, patched.statusCode());
        assertEquals("GET, HEAD, POST", patched.headers().firstValue("Allow").orElse(""));
        assertEquals(404, lab.anonymous().get("/log/tile/0/000").statusCode());
        assertEquals("version: a version is a number from 1 on", detail("/v1/trust/versions/x"));
        assertEquals("version: a version is a number from 1 on", detail("/v1/trust/versions/99999999999"));
        assertEquals("digest: a blob's is sha256: and 64 lower-case hex digits", detail("/v1/blobs/md5:00"));
    }

    @Test
    void whatCannotBeReadIsAProblemToo() throws Exception {
        Client client = lab.anonymous();
        HttpResponse<byte[]> path = client.get("/" + "a".repeat(5000));
        assertEquals(414, path.statusCode());
        assertEquals("too-long", Client.problem(path));
        HttpResponse<byte[]> headers = client.send("GET", "/livez", new byte[0], "X-Long", "a".repeat(20_000));
        assertEquals(431, headers.statusCode());
        assertEquals("too-long", Client.problem(headers));
        assertEquals(
                "application/problem+json",
                headers.headers().firstValue("Content-Type").orElse(""));
    }

    private String detail(String path) throws Exception {
        HttpResponse<byte[]> answer = lab.anonymous().get(path);
        assertEquals(400, answer.statusCode(), path);
        return Client.json(answer).string("detail");
    }

    @Test
    void pagesAndHealthAreServed() throws Exception {
        Client client = lab.anonymous();
        for (String path : new String[] {
            "/", "/rounds/" + ROUND, "/builders", "/dashboard.css", "/dashboard.js", "/livez", "/readyz"
        }) {
            assertEquals(200, client.get(path).statusCode(), path);
        }
        String policy =
                client.get("/").headers().firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(policy.startsWith("default-src 'none'"), policy);
        assertTrue(text(client.get("/metrics")).contains("quorate_rounds_open 0"));
        Json trust = JsonReader.read(client.get("/v1/trust").body(), 1 << 20, "trust");
        assertEquals(JsonReader.read(lab.trust.bytes(), 1 << 20, "trust"), trust);
    }

    @Test
    void headIsGetWithoutTheBody() throws Exception {
        Client client = lab.anonymous();
        for (String path : new String[] {
            "/", "/dashboard.js", "/v1/trust", "/v1/rounds", "/log/checkpoint", "/metrics", "/openapi.json", "/livez"
        }) {
            HttpResponse<byte[]> whole = client.get(path);
            HttpResponse<byte[]> head = client.send("HEAD", path, new byte[0]);
            assertEquals(whole.statusCode(), head.statusCode(), path);
            assertEquals(0, head.body().length, path);
            assertEquals(
                    whole.headers().firstValue("Content-Type"), head.headers().firstValue("Content-Type"), path);
            if (!path.equals("/metrics")) {
                assertEquals(
                        Integer.toString(whole.body().length),
                        head.headers().firstValue("Content-Length").orElse(""),
                        path);
            }
        }
        assertEquals(
                404, client.send("HEAD", "/v1/rounds/" + ROUND, new byte[0]).statusCode());
        assertEquals(405, client.send("HEAD", "/v1/leases", new byte[0]).statusCode());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
