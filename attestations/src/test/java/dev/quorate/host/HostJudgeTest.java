package dev.quorate.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.Octets;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.Signer;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.policy.Assurance;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Nonce;
import dev.quorate.round.RoundId;
import dev.quorate.trust.EventReference;
import dev.quorate.trust.HostTrust;
import dev.quorate.trust.Maker;
import dev.quorate.trust.PcrReference;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.RootKey;
import dev.quorate.trust.RootKeys;
import dev.quorate.trust.Tpm2Profile;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import dev.quorate.trust.TrustedHost;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostJudgeTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final BuilderId B1 = new BuilderId("b1");
    private static final Occasion ROUND = new Occasion.OfRound(RoundId.ofRandom(new byte[16]), Sha256.of("opening"));
    private static final Signer L1 = new KeyPairSigner(KeyPairSigner.generate());

    private final SoftTpm tpm = new SoftTpm("ek1").measure(4, "kernel").measure(7, "secure boot");

    private static Tpm2Profile profile(SoftTpm good, boolean drtm) {
        List<PcrReference> pcrs = drtm
                ? List.of(new PcrReference(17, List.of(good.pcr(17))), new PcrReference(18, List.of(good.pcr(18))))
                : List.of(new PcrReference(7, List.of(good.pcr(7))));
        return new Tpm2Profile(
                "p",
                pcrs,
                List.of(new EventReference(4, List.of(Sha256.of("kernel")), List.of(Sha256.of("shim")))),
                drtm);
    }

    private static TrustRoot trust(Tpm2Profile profile, TrustedHost host, Revocation... revoked) {
        var root = new RootKeys(1, List.of(new RootKey("r", new KeyPairSigner(KeyPairSigner.generate()).publicKey())));
        var maker = new Maker("maker", List.of(SoftTpm.certificate("root")));
        var builder = new TrustedBuilder(B1, "op", "zone", "intel", List.of(), List.of(host));
        return new TrustRoot(
                        1, NOW, root, List.of(builder), List.of(), List.of(), List.of(), List.of(), List.of(revoked))
                .edit()
                .hostTrust(new HostTrust(List.of(maker), List.of(profile)))
                .done();
    }

    private static Judgement judge(TrustRoot trust, HostReport report) {
        return new HostJudge(trust, NOW).judge(evidence(report), L1.publicKey(), ROUND);
    }

    private static HostEvidence evidence(HostReport report) {
        return new HostEvidence(B1, ROUND, L1.publicKey(), report);
    }

    private static Sha256 binding() {
        return HostEvidence.binding(B1, ROUND, L1.publicKey());
    }

    private TrustRoot trust() {
        return trust(profile(tpm, false), tpm.host("p"));
    }

    private static void refused(HostRefusal reason, Judgement judgement) {
        assertEquals(
                reason,
                assertInstanceOf(Judgement.Refused.class, judgement, judgement::toString)
                        .reason());
    }

    @Test
    void aGoodQuoteIsAccepted() {
        var accepted = assertInstanceOf(Judgement.Accepted.class, judge(trust(), tpm.quote(binding(), 0, 4, 7)));
        assertEquals(Assurance.MEASURED, accepted.assurance());
        assertEquals(SoftTpm.certificate("ek1").keyDigest(), accepted.host().sha256());
        assertEquals(new Judgement.Boot.Counted(7, 2), accepted.boot());
    }

    @Test
    void theStatementReadsBackAsItWasWritten() throws Exception {
        for (Occasion occasion : List.of(ROUND, new Occasion.OfEnrolment(Nonce.of(new byte[32])))) {
            var evidence = new HostEvidence(B1, occasion, L1.publicKey(), tpm.quote(binding(), 4, 7));
            var payload = Envelope.sign(evidence.statement().bytes(), L1).verify(L1.publicKey());
            assertEquals(evidence, HostEvidence.parse(payload.orElseThrow()));
        }
    }

    @Test
    void evidenceIsForOneOccasionAndOneKey() {
        HostReport report = tpm.quote(binding(), 4, 7);
        var judge = new HostJudge(trust(), NOW);
        Occasion other = new Occasion.OfRound(RoundId.ofRandom(new byte[16]), Sha256.of("another opening"));
        refused(HostRefusal.OTHER_OCCASION, judge.judge(evidence(report), L1.publicKey(), other));
        P256Key k2 = new KeyPairSigner(KeyPairSigner.generate()).publicKey();
        refused(HostRefusal.OTHER_KEY, judge.judge(evidence(report), k2, ROUND));
        refused(HostRefusal.BINDING_MISMATCH, judge.judge(new HostEvidence(B1, ROUND, k2, report), k2, ROUND));
        refused(
                HostRefusal.BUILDER_UNKNOWN,
                judge.judge(
                        new HostEvidence(new BuilderId("b2"), ROUND, L1.publicKey(), report), L1.publicKey(), ROUND));
    }

    @Test
    void onlyTheBuildersOwnHostsCount() {
        var another = new SoftTpm("ek2").measure(4, "kernel").measure(7, "secure boot");
        refused(HostRefusal.HOST_UNKNOWN, judge(trust(), another.quote(binding(), 4, 7)));
        var theirs = another.quote(binding(), 4, 7);
        var renamed =
                new HostReport.Tpm2(tpm.ak(), theirs.quote(), theirs.signature(), theirs.pcrs(), theirs.eventLogs());
        refused(HostRefusal.QUOTE_SIGNATURE, judge(trust(), renamed));
    }

    @Test
    void aRevokedHostIsRefused() {
        String host = tpm.host("p").id().toString();
        String ak = tpm.ak().id().hex();
        var byHost = new Revocation(Revocation.Kind.HOST, host, NOW, "test");
        var byKey = new Revocation(Revocation.Kind.KEY, ak, NOW, "test");
        var later = new Revocation(Revocation.Kind.HOST, host, NOW.plusSeconds(1), "test");
        HostReport report = tpm.quote(binding(), 4, 7);
        refused(HostRefusal.HOST_REVOKED, judge(trust(profile(tpm, false), tpm.host("p"), byHost), report));
        refused(HostRefusal.HOST_REVOKED, judge(trust(profile(tpm, false), tpm.host("p"), byKey), report));
        assertInstanceOf(Judgement.Accepted.class, judge(trust(profile(tpm, false), tpm.host("p"), later), report));
    }

    @Test
    void theEndorsementCertificateLeadsToTheMakerForThatPurpose() {
        for (String bad : List.of("stranger", "purpose", "short")) {
            var odd = new SoftTpm(bad).measure(4, "kernel").measure(7, "secure boot");
            refused(
                    HostRefusal.CHAIN_UNTRUSTED,
                    judge(trust(profile(odd, false), odd.host("p")), odd.quote(binding(), 4, 7)));
        }
    }

    @Test
    void aQuoteIsATpmsOverTheSha256Bank() {
        refused(HostRefusal.PCR_BANK, judge(trust(), tpm.bank(0x0004).quote(binding(), 4, 7)));
        tpm.bank(0x000b);
        refused(HostRefusal.PCR_MISSING, judge(trust(), tpm.quote(binding(), 4)));
        refused(HostRefusal.QUOTE_MALFORMED, judge(trust(), tpm.forging().quote(binding(), 4, 7)));
    }

    @Test
    void theRegistersAreTheProfiles() {
        TrustRoot trust = trust();
        var shown = tpm.quote(binding(), 4, 7);
        tpm.measure(7, "another key");
        var changed = tpm.quote(binding(), 4, 7);
        refused(HostRefusal.PCR_UNEXPECTED, judge(trust, changed));
        var lying =
                new HostReport.Tpm2(tpm.ak(), changed.quote(), changed.signature(), shown.pcrs(), shown.eventLogs());
        refused(HostRefusal.PCR_DIGEST_MISMATCH, judge(trust, lying));
    }

    @Test
    void theEventsAreTheProfiles() {
        TrustRoot trust = trust();
        assertInstanceOf(
                Judgement.Accepted.class, judge(trust, tpm.measure(4, "shim").quote(binding(), 4, 7)));
        refused(
                HostRefusal.EVENT_LOG_MISMATCH,
                judge(trust, tpm.extend(4, "rootkit").quote(binding(), 4, 7)));
        var rooted =
                new SoftTpm("ek1").measure(4, "kernel").measure(4, "rootkit").measure(7, "secure boot");
        refused(
                HostRefusal.EVENT_UNEXPECTED,
                judge(trust(profile(rooted, false), rooted.host("p")), rooted.quote(binding(), 4, 7)));
        var bare = new SoftTpm("ek1").measure(4, "shim").measure(7, "secure boot");
        refused(
                HostRefusal.EVENT_MISSING,
                judge(trust(profile(bare, false), bare.host("p")), bare.quote(binding(), 4, 7)));
    }

    @Test
    void aLogThatIsNoneIsRefused() {
        var report = tpm.quote(binding(), 4, 7);
        byte[] log = report.eventLogs().getFirst().bytes();
        var cut = new HostReport.Tpm2(
                tpm.ak(),
                report.quote(),
                report.signature(),
                report.pcrs(),
                List.of(Octets.of(Arrays.copyOf(log, log.length - 1))));
        refused(HostRefusal.EVENT_LOG_MALFORMED, judge(trust(), cut));
    }

    @Test
    void aDynamicLaunchShowsInItsRegisters() {
        tpm.measure(17, "launched code").measure(18, "its settings");
        TrustRoot trust = trust(profile(tpm, true), tpm.host("p"));
        assertInstanceOf(Judgement.Accepted.class, judge(trust, tpm.quote(binding(), 4, 17, 18)));
        refused(
                HostRefusal.DRTM_MISSING,
                judge(trust, tpm.reset(17, 0xff).reset(18, 0xff).quote(binding(), 4, 17, 18)));
        refused(
                HostRefusal.DRTM_MISSING,
                judge(trust, tpm.reset(17, 0).reset(18, 0).quote(binding(), 4, 17, 18)));
    }

    @Test
    void noFlippedBitOfAReportIsAccepted() {
        TrustRoot trust = trust();
        var report = tpm.quote(binding(), 4, 7);
        for (byte[] field : List.of(report.quote().bytes(), report.signature().bytes())) {
            for (int bit = 0; bit < 8 * field.length; bit++) {
                byte[] mutant = field.clone();
                mutant[bit / 8] ^= (byte) (1 << bit % 8);
                boolean quote = field.length == report.quote().bytes().length;
                var changed = new HostReport.Tpm2(
                        tpm.ak(),
                        quote ? Octets.of(mutant) : report.quote(),
                        quote ? report.signature() : Octets.of(mutant),
                        report.pcrs(),
                        report.eventLogs());
                assertFalse(judge(trust, changed) instanceof Judgement.Accepted, "bit " + bit);
            }
        }
    }

    @Test
    void whatCannotBeJudgedIsNotGood() {
        var dangling = new TrustedHost.Tpm2(tpm.ak(), SoftTpm.certificate("ek1"), List.of(), "nobody", "p");
        refused(HostRefusal.UNJUDGEABLE, judge(trust(profile(tpm, false), dangling), tpm.quote(binding(), 4, 7)));
    }
}
