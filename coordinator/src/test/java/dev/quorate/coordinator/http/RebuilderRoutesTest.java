package dev.quorate.coordinator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.coordinator.Client;
import dev.quorate.coordinator.FakeAgent;
import dev.quorate.coordinator.Lab;
import dev.quorate.dsse.P256Key;
import dev.quorate.export.BuilderLink;
import dev.quorate.export.LinkKey;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.proof.LinkSignature;
import dev.quorate.proof.Outcome;
import dev.quorate.round.BuilderId;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RebuilderRoutesTest {
    private static final String FILE = "hello_1.0+x~1-2_all.deb";
    private static final byte[] GOOD = "good".getBytes(StandardCharsets.UTF_8);
    private static final byte[] BAD = "bad".getBytes(StandardCharsets.UTF_8);
    private static final String SEARCH = "/api/v1/packages/binary?name=hello&version=3:1.0%2Bx~1-2&architecture=";
    private static final String METADATA = "/sources/hello/1.0+x~1-2/metadata";

    private Lab lab;
    private final List<FakeAgent> agents = new ArrayList<>();

    @BeforeEach
    void openLab(@TempDir Path directory) throws Exception {
        lab = new Lab(directory, 3, "");
        for (String name : List.of("b1", "b2", "b3")) {
            var id = new BuilderId(name);
            var agent = new FakeAgent(id, lab.as(id), lab.builders.get(id));
            agent.links = Optional.of(lab.links.get(id));
            agents.add(agent);
        }
    }

    @AfterEach
    void closeLab() {
        lab.close();
    }

    private void round(byte[] first) throws Exception {
        P256Key certifier =
                lab.trust.trust().certifiers().getFirst().keys().getFirst().key();
        HttpResponse<byte[]> opened = lab.anonymous()
                .post(
                        "/v1/rounds",
                        lab.submission(Lab.spec("hello", GOOD), List.of()).json());
        for (FakeAgent agent : agents) {
            agent.lease(0, certifier);
            agent.commit(FakeAgent.built(FILE, agent == agents.getFirst() ? first : GOOD));
        }
        for (FakeAgent agent : agents) {
            HttpResponse<byte[]> told = agent.reveal(FILE, agent == agents.getFirst() ? first : GOOD);
            assertEquals(200, told.statusCode(), new String(told.body(), StandardCharsets.UTF_8));
        }
        lab.anonymous().get("/v1/rounds/" + Client.json(opened).string("round") + "/events");
    }

    private String get(String path) throws Exception {
        HttpResponse<byte[]> answer = lab.anonymous().get(path);
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        assertEquals(200, answer.statusCode(), path + " " + body);
        return body;
    }

    private int status(String path) throws Exception {
        return lab.anonymous().get(path).statusCode();
    }

    private String link(String... builders) {
        var link = new BuilderLink(((Outcome.Built) FakeAgent.built(FILE, GOOD)).outputs());
        Map<LinkKey, LinkSignature> signatures = new LinkedHashMap<>();
        for (String builder : builders) {
            var functionary = lab.links.get(new BuilderId(builder));
            signatures.put(functionary.key(), link.sign(functionary));
        }
        return CanonicalJson.write(link.with(signatures));
    }

    private String attestation(String base) throws Exception {
        Fields found = Fields.of(JsonReader.read(get(base + SEARCH + "all"), "search"), "search");
        Fields record = found.objects("records", 9, fields -> fields).getFirst();
        long build = record.integer("build_id", 0, Json.MAX_INTEGER);
        long artifact = record.integer("artifact_id", 0, Json.MAX_INTEGER);
        assertEquals(404, status(base + "/api/v1/builds/" + build + "/artifacts/" + (artifact + 1) + "/attestation"));
        return get(base + "/api/v1/builds/" + build + "/artifacts/" + artifact + "/attestation");
    }

    @Test
    void eachBuilderServesItsOwnLinkAndTheRootServesAll() throws Exception {
        round(GOOD);
        assertEquals(link("b1", "b2", "b3"), attestation(""));
        assertEquals(link("b2"), attestation("/rebuilders/b2"));
        assertEquals(link("b1", "b2", "b3"), get(METADATA));
        assertEquals(link("b3"), get("/rebuilders/b3" + METADATA));
        String keys = get("/rebuilders/b2/api/v1/meta/public-keys");
        Fields read = Fields.of(JsonReader.read(keys, "keys"), "keys");
        LinkKey key = lab.links.get(new BuilderId("b2")).key();
        assertEquals(List.of(key.pemWithNull(), key.pem()), read.strings("current", 9, text -> text));
    }

    @Test
    void whatWasNotCertifiedHasNoLink() throws Exception {
        assertTrue(get(SEARCH + "all").contains("\"records\":[]"));
        round(BAD);
        assertTrue(get(SEARCH + "all").contains("\"records\":[]"));
        assertEquals(404, status(METADATA));
        assertEquals(404, status("/rebuilders/b1" + METADATA));
        assertEquals(404, status("/api/v1/builds/1/artifacts/0/attestation"));
    }

    @Test
    void aBuilderWithoutAGoodSignatureServesNothing() throws Exception {
        agents.get(0).links = Optional.empty();
        agents.get(1).links = Optional.of(lab.links.get(new BuilderId("b3")));
        round(GOOD);
        assertEquals(link("b3"), get(METADATA));
        assertEquals(404, status("/rebuilders/b1" + METADATA));
        assertEquals(404, status("/rebuilders/b2" + METADATA));
        assertTrue(get("/rebuilders/b2" + SEARCH + "all").contains("\"records\":[]"));
    }

    @Test
    void onlyThePackageThatIsAskedForIsFound() throws Exception {
        round(GOOD);
        assertTrue(get(SEARCH + "amd64").contains("\"records\":[]"));
        assertEquals(404, status("/sources/hello/1.0/metadata"));
        assertEquals(404, status("/sources/hell/1.0+x~1-2/metadata"));
        assertEquals(404, status("/rebuilders/nobody/api/v1/meta/public-keys"));
        for (String path : List.of(
                "/sources/UPPER/1.0/metadata",
                "/sources/hello/1_0/metadata",
                "/rebuilders/_/api/v1/meta/public-keys",
                "/api/v1/builds/-1/artifacts/0/attestation",
                "/api/v1/packages/binary?name=hello&version=1.0")) {
            assertEquals(400, status(path), path);
        }
        assertFalse(get("/api/v1/meta/public-keys").isEmpty());
    }
}
