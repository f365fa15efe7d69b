package dev.quorate.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.Octets;
import dev.quorate.dsse.Signer;
import dev.quorate.fixture.SoftSnp;
import dev.quorate.json.MalformedException;
import dev.quorate.policy.Assurance;
import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;
import dev.quorate.trust.DerCertificate;
import dev.quorate.trust.HostTrust;
import dev.quorate.trust.LaunchDigest;
import dev.quorate.trust.Maker;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.RootKey;
import dev.quorate.trust.RootKeys;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.SnpProfile;
import dev.quorate.trust.SnpTcb;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import dev.quorate.trust.TrustedHost;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnpJudgeTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final BuilderId B1 = new BuilderId("b1");
    private static final Occasion ROUND = new Occasion.OfRound(RoundId.ofRandom(new byte[16]), Sha256.of("opening"));
    private static final Signer L1 = new KeyPairSigner(KeyPairSigner.generate());
    private static final SnpTcb TCB = new SnpTcb(0, 3, 0, 8, 115);

    private final SoftSnp cpu = new SoftSnp(0xc1);

    private static SnpProfile profile(SnpTcb tcb, int vmpl) {
        return new SnpProfile("p", List.of(SoftSnp.LAUNCH), tcb, vmpl);
    }

    private static TrustRoot trust(SnpProfile profile, String vendor, List<TrustedHost> hosts, Revocation... revoked) {
        var root = new RootKeys(1, List.of(new RootKey("r", new KeyPairSigner(KeyPairSigner.generate()).publicKey())));
        return new TrustRoot(
                        1,
                        NOW,
                        root,
                        List.of(new TrustedBuilder(B1, "op", "zone", vendor, List.of(), hosts)),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(revoked))
                .edit()
                .hostTrust(new HostTrust(List.of(new Maker("amd", List.of(SoftSnp.ark()))), List.of(profile)))
                .done();
    }

    private TrustRoot trust(SnpProfile profile) {
        return trust(profile, "amd", List.of(cpu.host("p")));
    }

    private static Judgement judge(TrustRoot trust, HostReport report) {
        var evidence = new HostEvidence(B1, ROUND, L1.publicKey(), report);
        return new HostJudge(trust, NOW).judge(evidence, L1.publicKey(), ROUND);
    }

    private static Sha256 binding() {
        return HostEvidence.binding(B1, ROUND, L1.publicKey());
    }

    private static void refused(HostRefusal reason, Judgement judgement) {
        assertEquals(
                reason,
                assertInstanceOf(Judgement.Refused.class, judgement, judgement::toString)
                        .reason());
    }

    @Test
    void aGoodReportIsAccepted() {
        var accepted = assertInstanceOf(Judgement.Accepted.class, judge(trust(profile(TCB, 0)), cpu.report(binding())));
        assertEquals(Assurance.CONFIDENTIAL, accepted.assurance());
        assertEquals(cpu.host("p").id(), accepted.host());
        assertInstanceOf(Judgement.Boot.Launched.class, accepted.boot());
    }

    @Test
    void aReportOfTheTurinFamilyIsAccepted() {
        cpu.turin();
        var tcb = new SnpTcb(1, 3, 0, 8, 115);
        assertInstanceOf(Judgement.Accepted.class, judge(trust(profile(tcb, 0)), cpu.report(binding())));
        refused(HostRefusal.TCB_TOO_OLD, judge(trust(profile(new SnpTcb(2, 3, 0, 8, 115), 0)), cpu.report(binding())));
    }

    @Test
    void theStatementReadsBackAsItWasWritten() throws Exception {
        var evidence = new HostEvidence(B1, ROUND, L1.publicKey(), cpu.report(binding()));
        var payload = Envelope.sign(evidence.statement().bytes(), L1).verify(L1.publicKey());
        assertEquals(evidence, HostEvidence.parse(payload.orElseThrow()));
    }

    @Test
    void theTrustRootReadsBackAsItWasWritten() throws Exception {
        TrustRoot trust = trust(profile(TCB, 1));
        byte[] file = SignedTrust.unsigned(trust).bytes();
        assertEquals(trust, SignedTrust.parse(file, "trust.json").trust());
    }

    @Test
    void aConfidentialHostIsAnAmdProcessor() {
        byte[] file = SignedTrust.unsigned(trust(profile(TCB, 0), "intel", List.of(cpu.host("p"))))
                .bytes();
        var refusal = assertThrows(MalformedException.class, () -> SignedTrust.parse(file, "trust.json"));
        assertTrue(refusal.getMessage().contains("a host of b1 is sev-snp and its cpuVendor is intel, not amd"));
    }

    @Test
    void aReportIsForOneBinding() {
        TrustRoot trust = trust(profile(TCB, 0));
        refused(HostRefusal.BINDING_MISMATCH, judge(trust, cpu.report(Sha256.of("another"))));
        refused(
                HostRefusal.BINDING_MISMATCH,
                judge(trust, cpu.report(binding(), bytes -> bytes.put(0x50 + 63, (byte) 1))));
    }

    @Test
    void onlyTheBuildersOwnProcessorsCount() {
        TrustRoot trust = trust(profile(TCB, 0));
        refused(HostRefusal.HOST_UNKNOWN, judge(trust, new SoftSnp(0xc2).report(binding())));
        refused(HostRefusal.CHIP_MISMATCH, judge(trust, cpu.disguised(0xc2).report(binding())));
        var theirs = new SoftSnp(0xc1).report(binding());
        var mixed = new HostReport.SevSnp(new SoftSnp(0xc1).report(binding()).report(), theirs.certificates());
        refused(HostRefusal.REPORT_SIGNATURE, judge(trust, mixed));
    }

    @Test
    void aMaskedChipIsNobodys() {
        refused(
                HostRefusal.HOST_UNKNOWN,
                judge(trust(profile(TCB, 0)), cpu.report(binding(), bytes -> bytes.put(0x1a0, new byte[64]))));
    }

    @Test
    void aRevokedProcessorIsRefused() {
        var revocation = new Revocation(Revocation.Kind.HOST, cpu.host("p").id().toString(), NOW, "test");
        TrustRoot trust = trust(profile(TCB, 0), "amd", List.of(cpu.host("p")), revocation);
        refused(HostRefusal.HOST_REVOKED, judge(trust, cpu.report(binding())));
    }

    @Test
    void theCertificatesLeadToTheMaker() {
        var report = cpu.report(binding());
        List<DerCertificate> alone = report.certificates().subList(0, 1);
        TrustRoot trust = trust(profile(TCB, 0));
        refused(HostRefusal.CHAIN_UNTRUSTED, judge(trust, new HostReport.SevSnp(report.report(), alone)));
        var judge = new HostJudge(trust, Instant.parse("2046-01-01T00:00:00Z"));
        var evidence = new HostEvidence(B1, ROUND, L1.publicKey(), report);
        refused(HostRefusal.CHAIN_UNTRUSTED, judge.judge(evidence, L1.publicKey(), ROUND));
    }

    @Test
    void theAuthoritysOwnKeySignsNoReport() throws Exception {
        var report = cpu.report(binding());
        X509Certificate ask = report.certificates().getLast().certificate();
        var judgement = judge(
                trust(profile(TCB, 0)),
                new HostReport.SevSnp(report.report(), List.of(DerCertificate.of(ask.getEncoded()))));
        refused(HostRefusal.CHIP_MISMATCH, judgement);
    }

    @Test
    void theVmIsTheProfiles() {
        TrustRoot trust = trust(profile(TCB, 0));
        refused(
                HostRefusal.MEASUREMENT_UNEXPECTED,
                judge(trust, cpu.report(binding(), bytes -> bytes.put(0x90, (byte) 0))));
        refused(HostRefusal.GUEST_POLICY, judge(trust, cpu.report(binding(), bytes -> bytes.putLong(8, 0xb0000))));
        refused(HostRefusal.GUEST_POLICY, judge(trust, cpu.report(binding(), bytes -> bytes.putLong(8, 0x70000))));
        refused(HostRefusal.VMPL_UNEXPECTED, judge(trust, cpu.report(binding(), bytes -> bytes.putInt(0x30, 2))));
        assertInstanceOf(
                Judgement.Accepted.class,
                judge(trust(profile(TCB, 2)), cpu.report(binding(), bytes -> bytes.putInt(0x30, 2))));
    }

    @Test
    void theFirmwareIsNotOlderThanTheProfiles() {
        for (SnpTcb newer : List.of(
                new SnpTcb(0, 4, 0, 8, 115),
                new SnpTcb(0, 3, 1, 8, 115),
                new SnpTcb(0, 3, 0, 9, 115),
                new SnpTcb(0, 3, 0, 8, 116))) {
            refused(HostRefusal.TCB_TOO_OLD, judge(trust(profile(newer, 0)), cpu.report(binding())));
        }
        refused(
                HostRefusal.CHIP_MISMATCH,
                judge(trust(profile(TCB, 0)), cpu.report(binding(), bytes -> bytes.put(0x187, (byte) 200))));
    }

    @Test
    void theCertificateSaysWhichProcessorAndFirmware() {
        cpu.microcode(213);
        assertInstanceOf(Judgement.Accepted.class, judge(trust(profile(TCB, 0)), cpu.report(binding())));
        Map<String, byte[]> wrong = Map.of(
                "3.8", new byte[] {2, 2, 0, 115},
                "3.1", new byte[] {2, 1, -3},
                "3.2", new byte[] {4, 1, 0},
                "3.3", new byte[] {2, 1, 8, 0},
                "4", new byte[63]);
        wrong.forEach((id, value) -> {
            refused(
                    HostRefusal.CHIP_MISMATCH,
                    judge(
                            trust(profile(TCB, 0)),
                            new SoftSnp(0xc1).extension(id, value).report(binding())));
            refused(
                    HostRefusal.CHIP_MISMATCH,
                    judge(
                            trust(profile(TCB, 0)),
                            new SoftSnp(0xc1).extension(id).report(binding())));
        });
        for (byte[] large : List.of(
                new byte[] {2, 2, 1, -43}, new byte[] {2, 2, 0, 85}, new byte[] {2, 3, 0, -43}, new byte[] {3, 2, 0, -43
                })) {
            refused(
                    HostRefusal.CHIP_MISMATCH,
                    judge(
                            trust(profile(TCB, 0)),
                            new SoftSnp(0xc1)
                                    .microcode(213)
                                    .extension("3.8", large)
                                    .report(binding())));
        }
    }

    @Test
    void onlyTheTurinFamilyLaysOutVersionsItsWay() {
        TrustRoot trust = trust(profile(TCB, 0));
        assertInstanceOf(
                Judgement.Accepted.class, judge(trust, cpu.report(binding(), bytes -> bytes.put(0x188, (byte) 0x1a))));
        assertInstanceOf(
                Judgement.Accepted.class,
                judge(trust, cpu.report(binding(), bytes -> bytes.putInt(0, 3).put(0x188, (byte) 0x19))));
        refused(
                HostRefusal.CHIP_MISMATCH,
                judge(trust, cpu.report(binding(), bytes -> bytes.putInt(0, 3).put(0x188, (byte) 0x1a))));
    }

    @Test
    void aSignatureOfZerosIsNone() {
        var report = cpu.report(binding());
        byte[] bytes = report.report().bytes();
        Arrays.fill(bytes, 0x2a0, 0x4a0, (byte) 0);
        refused(
                HostRefusal.REPORT_SIGNATURE,
                judge(trust(profile(TCB, 0)), new HostReport.SevSnp(Octets.of(bytes), report.certificates())));
        Arrays.fill(bytes, 0x2a0, 0x2a0 + 48, (byte) 0xff);
        refused(
                HostRefusal.REPORT_SIGNATURE,
                judge(trust(profile(TCB, 0)), new HostReport.SevSnp(Octets.of(bytes), report.certificates())));
    }

    @Test
    void aReportHasAForm() {
        TrustRoot trust = trust(profile(TCB, 0));
        for (int version : List.of(0, 1, 6)) {
            refused(
                    HostRefusal.REPORT_MALFORMED,
                    judge(trust, cpu.report(binding(), bytes -> bytes.putInt(0, version))));
        }
        refused(HostRefusal.REPORT_MALFORMED, judge(trust, cpu.report(binding(), bytes -> bytes.putInt(0x34, 2))));
        // Signed with the key of a provider's whole fleet (VLEK).
        refused(HostRefusal.REPORT_MALFORMED, judge(trust, cpu.report(binding(), bytes -> bytes.putInt(0x48, 4))));
        var report = cpu.report(binding());
        byte[] cut = Arrays.copyOf(report.report().bytes(), SnpReport.LENGTH - 1);
        refused(
                HostRefusal.REPORT_MALFORMED,
                judge(trust, new HostReport.SevSnp(Octets.of(cut), report.certificates())));
    }

    @Test
    void noFlippedBitOfAReportIsAccepted() {
        TrustRoot trust = trust(profile(TCB, 0));
        var report = cpu.report(binding());
        byte[] bytes = report.report().bytes();
        for (int i = 0; i < bytes.length; i++) {
            byte[] mutant = bytes.clone();
            mutant[i] ^= (byte) (1 << i % 8);
            var changed = new HostReport.SevSnp(Octets.of(mutant), report.certificates());
            assertFalse(judge(trust, changed) instanceof Judgement.Accepted, "byte " + i);
        }
    }

    @Test
    void aLaunchDigestAndAChipHaveOneSpelling() {
        for (String bad : List.of("", "11", "A1".repeat(48), "g1".repeat(48), "11".repeat(49))) {
            assertThrows(IllegalArgumentException.class, () -> LaunchDigest.parse(bad));
        }
        assertThrows(IllegalArgumentException.class, () -> dev.quorate.trust.ChipId.parse("00".repeat(64)));
    }
}
