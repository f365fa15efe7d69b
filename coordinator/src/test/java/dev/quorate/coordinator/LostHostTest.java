package dev.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.fixture.SoftSnp;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostReport;
import dev.quorate.host.Occasion;
import dev.quorate.json.Fields;
import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;
import dev.quorate.tally.Vote;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TrustedHost;
import dev.quorate.verify.Artifact;
import dev.quorate.verify.RefusalCode;
import dev.quorate.verify.Report;
import dev.quorate.verify.Verifier;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a host loses that changed or that a later trust root takes out, and who is told of it. */
class LostHostTest extends AdmissionCase {
    @Test
    void aChangedHostLosesAtOnceWhatItHasAndARestartRemembersIt() throws Exception {
        Admitted b1 = admitted(B1);
        RoundId round = submit("hello");
        assertEquals(200, lease(b1.agent()).statusCode());
        tpms.get(B1).measure(4, "rootkit");
        HttpResponse<byte[]> refused = admit(B1, ShownHost.of(B1, tpms.get(B1), new Occasion.OfEnrolment(nonce(B1))));
        assertEquals("host-refused", Client.problem(refused));
        assertTrue(text(refused).contains("PCR_UNEXPECTED"), () -> text(refused));
        assertEquals("lease-lost", Client.problem(beat(b1.agent())));
        assertEquals("certificate-void", Client.problem(lease(b1.agent())));
        // Two are needed, and one is left: nobody waits for a deadline.
        Fields status = counted(round);
        assertEquals("INSUFFICIENT", status.string("verdict"));
        assertTrue(status.string("reason").contains("b1 was taken off the round: UNATTESTED, PCR_UNEXPECTED"));
        assertEquals("LOST", host(B1).string("standing"));
        assertTrue(host(B1).string("reason").startsWith("PCR_UNEXPECTED"));
        assertEquals(4, notices());
        explained(round, "PCR_UNEXPECTED");
        restart();
        assertEquals("LOST", host(B1).string("standing"));
        assertEquals("LOST", state(B1));
        assertEquals(4, notices());
        admit(B1, ShownHost.of(B1, tpms.get(B1), new Occasion.OfEnrolment(nonce(B1))));
        assertEquals(4, notices());
        // What opens while it is lost does not wait for it either.
        RoundId later = submit("world");
        assertEquals("INSUFFICIENT", counted(later).string("verdict"));
        explained(later, "PCR_UNEXPECTED");
        // The evidence of admission stays what it is, and is no part of rounds.
        assertEquals(4, notices());
    }

    /** Whoever has the kit alone is told of b1 what the coordinator tells, and nobody of b2 anything. */
    private void explained(RoundId round, String refusal) throws Exception {
        Fields status = logged(round);
        Fields told = builder(status, B1);
        assertEquals("UNATTESTED", told.string("outcome"));
        assertTrue(told.string("reason").contains("the coordinator says that it lost the host"));
        assertTrue(told.string("reason").contains(refusal + ": "));
        byte[] kit = anyone.get("/v1/rounds/" + round + "/kit").body();
        var verifier = new Verifier(
                SignedTrust.parse(anyone.get("/v1/trust").body(), "trust"),
                lab.policy(),
                clock.instant(),
                Optional.empty());
        Report report = verifier.verify(List.of(new Artifact("any", Sha256.of("any"))), kit, "kit");
        assertEquals(RefusalCode.INSUFFICIENT, report.refusals().getFirst().code());
        for (BuilderId id : List.of(B1, B2)) {
            Vote vote = report.votes().stream()
                    .filter(v -> v.builder().equals(id))
                    .findFirst()
                    .orElseThrow();
            assertEquals(builder(status, id).string("outcome"), vote.outcome());
        }
        assertEquals(
                told.string("reason"),
                report.votes().stream()
                        .filter(v -> v.builder().equals(B1))
                        .findFirst()
                        .orElseThrow()
                        .reason());
    }

    private Fields logged(RoundId round) throws Exception {
        while (true) {
            Fields status = Client.json(anyone.get("/v1/rounds/" + round));
            if (status.string("state").equals("LOGGED")) {
                return status;
            }
            Thread.onSpinWait();
        }
    }

    private static Fields builder(Fields status, BuilderId builder) throws Exception {
        return status.objects("builders", 10, one -> one).stream()
                .filter(one -> is(one, builder))
                .findFirst()
                .orElseThrow();
    }

    /** How a later trust root can say that a machine is no longer a builder's. */
    private enum Gone {
        HOST_REVOKED,
        ITS_KEY_REVOKED,
        NO_LONGER_NAMED;

        SignedTrust after(SignedTrust trust, Lab lab) throws Exception {
            var host = (TrustedHost.Tpm2)
                    trust.trust().builder(B1).orElseThrow().hosts().getFirst();
            Instant since = Instant.parse("2026-01-02T00:00:00Z");
            return switch (this) {
                case HOST_REVOKED ->
                    lab.after(
                            trust,
                            new Revocation(Revocation.Kind.HOST, host.id().toString(), since, "stolen"));
                case ITS_KEY_REVOKED ->
                    lab.after(
                            trust,
                            new Revocation(Revocation.Kind.KEY, host.ak().id().hex(), since, "leaked"));
                case NO_LONGER_NAMED -> lab.hostless(trust, B1);
            };
        }

        String refusal() {
            return this == NO_LONGER_NAMED ? "HOST_UNKNOWN" : "HOST_REVOKED";
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHostThatALaterTrustRootTakesOutIsLostAtOnce(Gone gone) throws Exception {
        Admitted b1 = admitted(B1);
        // A renewal is not logged, and its evidence is none that anybody could look up.
        Admitted renewed = admitted(B1);
        RoundId round = submit("hello");
        assertEquals(200, lease(renewed.agent()).statusCode());
        SignedTrust before = SignedTrust.parse(Files.readAllBytes(lab.config.trust()), "trust");
        HttpResponse<byte[]> taken =
                anyone.send("POST", "/v1/trust", gone.after(before, lab).bytes());
        assertEquals(200, taken.statusCode(), () -> text(taken));
        // Nobody has shown or asked anything since.
        assertEquals("LOST", host(B1).string("standing"));
        assertTrue(host(B1).string("reason").startsWith(gone.refusal() + ": "), host(B1).string("reason"));
        assertEquals(b1.shown().envelope().digest().hex(), host(B1).string("evidence"));
        assertEquals(3, notices());
        assertEquals("lease-lost", Client.problem(beat(renewed.agent())));
        assertEquals("certificate-void", Client.problem(lease(renewed.agent())));
        assertEquals("INSUFFICIENT", counted(round).string("verdict"));
        explained(round, gone.refusal());
        refused(gone.refusal(), B1, ShownHost.of(B1, tpms.get(B1), new Occasion.OfEnrolment(nonce(B1))));
        restart();
        assertEquals("LOST", host(B1).string("standing"));
        assertEquals(3, notices());
    }

    @Test
    void aLostProcessorIsKnownByItsNumber() throws Exception {
        var chip = new SoftSnp(1);
        SignedTrust before = SignedTrust.parse(Files.readAllBytes(lab.config.trust()), "trust");
        HttpResponse<byte[]> taken = anyone.send(
                "POST",
                "/v1/trust",
                lab.confidential(before, B1, chip.host("s")).bytes());
        assertEquals(200, taken.statusCode(), () -> text(taken));
        var occasion = new Occasion.OfEnrolment(nonce(B1));
        KeyPair pair = KeyPairSigner.generate();
        var key = P256Key.of(pair.getPublic());
        HostReport debuggable = chip.report(
                HostEvidence.binding(B1, occasion, key), bytes -> bytes.putLong(8, bytes.getLong(8) | 1L << 19));
        refused("GUEST_POLICY", B1, ShownHost.of(pair, B1, occasion, debuggable));
        assertEquals("LOST", host(B1).string("standing"));
        assertEquals(chip.host("s").id().toString(), host(B1).string("id"));
    }
}
