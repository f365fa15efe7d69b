package dev.quorate.coordinator.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.coordinator.Client;
import dev.quorate.coordinator.Lab;
import dev.quorate.digest.Sha256;
import dev.quorate.identity.IdentityRefusal;
import dev.quorate.intoto.Subject;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.round.Submission;
import dev.quorate.trust.Identity;
import dev.quorate.trust.Principal;
import dev.quorate.trust.SignedTrust;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A maintainer without a key has rounds opened, by a coordinator whose trust root names the identity. */
@Timeout(120)
class KeylessSubmissionTest {
    private static final byte[] INPUT = "the source".getBytes(StandardCharsets.UTF_8);
    private static final Sha256 CLAIM = Sha256.of("what is published");

    @TempDir
    Path directory;

    private final PrivateSigstore sigstore = new PrivateSigstore();

    private Signing signing(String name) throws Exception {
        var submission = new Submission(Lab.spec(name, INPUT), List.of(new Subject("hello", CLAIM)));
        return new Signing(sigstore, submission.statement().bytes());
    }

    private static HttpResponse<byte[]> post(Lab lab, byte[] bundle) throws Exception {
        return lab.anonymous()
                .post(
                        "/v1/rounds",
                        Fields.of(JsonReader.read(bundle, 1 << 20, "bundle"), "bundle")
                                .json());
    }

    private static SignedTrust name(Lab lab, SignedTrust last, List<Principal> maintainers, PrivateSigstore sigstore)
            throws Exception {
        SignedTrust next = lab.after(last, maintainers, List.of(sigstore.root("private")));
        Json.Obj file = Fields.of(JsonReader.read(next.bytes(), 1 << 20, "trust"), "trust")
                .json();
        assertEquals(200, lab.anonymous().post("/v1/trust", file).statusCode());
        return next;
    }

    private static void refused(HttpResponse<byte[]> answer, IdentityRefusal why) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        assertEquals(403, answer.statusCode(), body);
        assertTrue(body.contains("identity-refused") && body.contains(why + ": "), body);
    }

    @Test
    void theIdentitysWordOpensRoundsWhileTheTrustRootNamesIt() throws Exception {
        try (Lab lab = new Lab(directory, 3, "")) {
            refused(post(lab, signing("hello").bundle()), IdentityRefusal.IDENTITY_NOT_NAMED);
            var jane = new Identity(
                    Signing.ISSUER,
                    Signing.SUBJECT,
                    "private",
                    Instant.parse("2026-01-01T00:00:00Z"),
                    Optional.empty());
            SignedTrust named =
                    name(lab, lab.trust, List.of(new Principal("jane", List.of(), List.of(jane))), sigstore);
            Signing late = signing("hello");
            late.logged = Signing.CERTIFIED.plus(Duration.ofDays(1));
            refused(post(lab, late.bundle()), IdentityRefusal.LOGGED_OUTSIDE_CERTIFICATE);
            byte[] bundle = signing("hello").bundle();
            HttpResponse<byte[]> opened = post(lab, bundle);
            assertEquals(201, opened.statusCode(), new String(opened.body(), StandardCharsets.UTF_8));
            String round = Client.json(opened).string("round");
            assertEquals(round, Client.json(post(lab, bundle)).string("round"));
            byte[] malformed = new String(bundle, StandardCharsets.UTF_8)
                    .replace("v0.3", "v0.1")
                    .getBytes(StandardCharsets.UTF_8);
            assertEquals(400, post(lab, malformed).statusCode());
            name(lab, named, List.of(), sigstore);
            refused(post(lab, signing("other").bundle()), IdentityRefusal.IDENTITY_NOT_NAMED);
            lab.stop();
            lab.start();
            String status =
                    new String(lab.anonymous().get("/v1/rounds/" + round).body(), StandardCharsets.UTF_8);
            assertTrue(status.contains(CLAIM.hex()), status);
        }
    }
}
