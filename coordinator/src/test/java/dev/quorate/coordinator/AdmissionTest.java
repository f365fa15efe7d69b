package dev.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostReport;
import dev.quorate.host.Occasion;
import dev.quorate.round.Nonce;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is admitted, what with, and what it is worth. */
class AdmissionTest extends AdmissionCase {
    @Test
    void aCertificateHasItsProfile() throws Exception {
        Admitted b1 = admitted(B1);
        X509Certificate certificate = b1.certificate();
        assertEquals(
                "CN=quorate.example hosts", certificate.getIssuerX500Principal().getName());
        assertEquals("CN=b1", certificate.getSubjectX500Principal().getName());
        assertArrayEquals(
                b1.shown().pair().getPublic().getEncoded(),
                certificate.getPublicKey().getEncoded());
        assertEquals(-1, certificate.getBasicConstraints());
        assertTrue(certificate.getCriticalExtensionOIDs().containsAll(List.of("2.5.29.19", "2.5.29.15")));
        assertEquals(List.of("1.3.6.1.5.5.7.3.2"), certificate.getExtendedKeyUsage());
        boolean[] usage = certificate.getKeyUsage();
        assertTrue(usage[0]);
        for (int bit = 1; bit < usage.length; bit++) {
            assertFalse(usage[bit]);
        }
        String evidence = b1.shown().envelope().digest().hex();
        List<Object> names = new ArrayList<>();
        certificate.getSubjectAlternativeNames().forEach(name -> names.add(name.get(1)));
        assertEquals(
                List.of(
                        "https://quorate.dev/builder/b1",
                        "https://quorate.dev/operator/operator-b1",
                        "https://quorate.dev/zone/zone-0",
                        "https://quorate.dev/evidence/sha256:" + evidence),
                names);
        assertEquals(
                LIFE,
                Duration.between(
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant()));
        assertEquals(127, certificate.getSerialNumber().bitLength());
    }

    @Test
    void workIsLeasedWhileTheNewestCertificateStands() throws Exception {
        Admitted first = admitted(B1);
        submit("hello");
        var named = new FakeAgent(B1, lab.as(B1), lab.builders.get(B1));
        assertEquals("host-not-admitted", Client.problem(lease(named)));
        assertEquals(200, lease(first.agent()).statusCode());
        assertEquals(200, beat(first.agent()).statusCode());
        Admitted second = admitted(B1);
        assertEquals(200, beat(first.agent()).statusCode());
        assertEquals("certificate-void", Client.problem(lease(first.agent())));
        assertEquals(200, lease(second.agent()).statusCode());
        // A renewal that changes nothing is no change: the evidence and the notice of the first admission are all.
        assertEquals(2, notices());
        assertEquals("ADMITTED", state(B1));
        assertEquals("UNSEEN", state(B2));
        assertEquals("NONE", state(Lab.REVOKED));
        clock.pass(LIFE);
        assertEquals("EXPIRED", state(B1));
        assertEquals("lease-lost", Client.problem(beat(second.agent())));
        assertEquals("certificate-expired", Client.problem(lease(second.agent())));
        assertEquals(200, lease(admitted(B1).agent()).statusCode());
    }

    @Test
    void whatIsNotTheHostsWordTakesNothingAway() throws Exception {
        Admitted b1 = admitted(B1);
        submit("hello");
        assertEquals(200, lease(b1.agent()).statusCode());
        // Another host's quote, one for another nonce, one that was used, another builder's nonce and another's name.
        refused("HOST_UNKNOWN", B1, ShownHost.of(B1, tpms.get(B2), new Occasion.OfEnrolment(nonce(B1))));
        refused(
                "challenge-unknown",
                B1,
                ShownHost.of(B1, tpms.get(B1), new Occasion.OfEnrolment(Nonce.of(new byte[32]))));
        refused("challenge-unknown", B1, b1.shown());
        refused("challenge-unknown", B1, ShownHost.of(B1, tpms.get(B1), new Occasion.OfEnrolment(nonce(B2))));
        refused("envelope-refused", B1, ShownHost.of(B2, tpms.get(B2), new Occasion.OfEnrolment(nonce(B1))));
        refused(
                "envelope-refused",
                B1,
                ShownHost.of(
                        B1,
                        tpms.get(B1),
                        new Occasion.OfRound(
                                b1.agent().opening.round(),
                                b1.shown().envelope().digest())));
        Nonce late = nonce(B1);
        clock.pass(Duration.ofMinutes(3));
        refused("challenge-unknown", B1, ShownHost.of(B1, tpms.get(B1), new Occasion.OfEnrolment(late)));
        // A quote over another key than the one that it is shown with.
        Nonce fresh = nonce(B1);
        ShownHost good = ShownHost.of(B1, tpms.get(B1), new Occasion.OfEnrolment(fresh));
        KeyPair thiefs = KeyPairSigner.generate();
        HostReport borrowed = HostEvidence.parse(
                        good.envelope().verify(good.key()).orElseThrow())
                .report();
        refused("BINDING_MISMATCH", B1, ShownHost.of(thiefs, B1, new Occasion.OfEnrolment(fresh), borrowed));
        assertEquals(200, beat(b1.agent()).statusCode());
        assertEquals(200, lease(b1.agent()).statusCode());
        assertEquals("ADMITTED", host(B1).string("standing"));
        assertEquals(2, notices());
    }

    @Test
    void aCertificateIsOneBuildersAndOfThisAuthority() throws Exception {
        Admitted b1 = admitted(B1);
        admitted(B2);
        submit("hello");
        // In another's name and without the authority's key.
        var forger = KeyPairSigner.generate();
        for (String name : List.of("b1", "b2", "quorate.example hosts")) {
            X509Certificate forged = TestCertificates.certificate(
                    name, forger, b1.shown().pair(), clock.instant().minusSeconds(60), LIFE);
            Client client = lab.showing(b1.shown().pair(), forged);
            HttpResponse<byte[]> answer = lease(new FakeAgent(B2, client, lab.builders.get(B2)));
            assertEquals(403, answer.statusCode(), () -> text(answer));
        }
        // What b1 leases with its certificate is b1's work.
        assertEquals(200, lease(b1.agent()).statusCode());
        var other = new FakeAgent(B2, lab.as(B2), lab.builders.get(B2));
        other.opening = b1.agent().opening;
        other.token = b1.agent().token;
        assertEquals("lease-lost", Client.problem(beat(other)));
    }

    @Test
    void hostileInputIsRefusedAndAdmitsNobody() throws Exception {
        Client b1 = lab.as(B1);
        ShownHost good = ShownHost.of(B1, tpms.get(B1), new Occasion.OfEnrolment(nonce(B1)));
        String key = P256Key.of(good.pair().getPublic()).toString();
        String envelope = dev.quorate.json.CanonicalJson.write(good.envelope().json());
        List<String> bodies = new ArrayList<>(List.of(
                "",
                "{",
                "[]",
                "null",
                "{\"key\":7,\"envelope\":{}}",
                "{\"key\":\"" + key + "\"}",
                "{\"key\":\"" + key + "\",\"envelope\":{}}",
                "{\"key\":\"" + key + "\",\"envelope\":" + envelope + ",\"x\":1}",
                "{\"key\":\"" + key + "\",\"key\":\"" + key + "\",\"envelope\":" + envelope + "}",
                "{\"key\":\"\",\"envelope\":" + envelope + "}",
                "{\"key\":\"" + "A".repeat(124) + "\",\"envelope\":" + envelope + "}",
                "[".repeat(100_000)));
        var other = P256Key.of(KeyPairSigner.generate().getPublic());
        bodies.add("{\"key\":\"" + other + "\",\"envelope\":" + envelope + "}");
        for (int at = 0; at < envelope.length(); at += 97) {
            bodies.add("{\"key\":\"" + key + "\",\"envelope\":" + envelope.substring(0, at) + "~"
                    + envelope.substring(at + 1) + "}");
        }
        for (String body : bodies) {
            HttpResponse<byte[]> answer = b1.send("POST", "/v1/enrol", body.getBytes(StandardCharsets.UTF_8));
            assertEquals(4, answer.statusCode() / 100, () -> body + " " + text(answer));
        }
        assertEquals(413, b1.send("POST", "/v1/enrol", new byte[(12 << 20) + 1]).statusCode());
        assertEquals(
                400,
                b1.send("POST", "/v1/enrol/nonce", "{\"x\":1}".getBytes(StandardCharsets.UTF_8))
                        .statusCode());
        assertTrue(text(anyone.get("/v1/builders")).contains("\"builder\":\"b1\""));
        assertFalse(text(anyone.get("/v1/builders")).contains("standing"));
        assertEquals(0, notices());
        // None of it has used the nonce up.
        certificate(admit(B1, good));
    }
}
