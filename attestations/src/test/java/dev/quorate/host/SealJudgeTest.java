package dev.quorate.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.Octets;
import dev.quorate.dsse.P256Key;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.EventReference;
import dev.quorate.trust.HostTrust;
import dev.quorate.trust.KeyEvidence;
import dev.quorate.trust.KeySeal;
import dev.quorate.trust.LaunchDigest;
import dev.quorate.trust.Maker;
import dev.quorate.trust.PcrReference;
import dev.quorate.trust.PcrValues;
import dev.quorate.trust.Principal;
import dev.quorate.trust.Profile;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.RootKey;
import dev.quorate.trust.RootKeys;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.SnpProfile;
import dev.quorate.trust.SnpTcb;
import dev.quorate.trust.TimedKey;
import dev.quorate.trust.Tpm2Profile;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import dev.quorate.trust.TrustedTpm;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SealJudgeTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final P256Key KEY = key();
    private static final P256Key ROOT = key();

    private final SoftTpm tpm = new SoftTpm("ek1").measure(4, "kernel").measure(7, "secure boot");
    private final Tpm2Profile profile = profile("p", 4, 7);

    private static P256Key key() {
        return new KeyPairSigner(KeyPairSigner.generate()).publicKey();
    }

    private Tpm2Profile profile(String name, int... pcrs) {
        return new Tpm2Profile(
                name,
                Arrays.stream(pcrs)
                        .mapToObj(pcr -> new PcrReference(pcr, List.of(tpm.pcr(pcr))))
                        .toList(),
                List.of(),
                false);
    }

    private static TrustRoot trust(List<? extends Profile> profiles, List<TrustedTpm> hosts, Revocation... revoked) {
        var maker = new Maker("maker", List.of(SoftTpm.certificate("root")));
        return new TrustRoot(
                        1,
                        NOW.plusSeconds(1),
                        new RootKeys(1, List.of(new RootKey("r", ROOT))),
                        List.of(),
                        List.of(new Principal("c", List.of(new TimedKey(KEY, NOW, Optional.empty())))),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(revoked))
                .edit()
                .hostTrust(new HostTrust(List.of(maker), List.copyOf(profiles), hosts))
                .done();
    }

    private TrustRoot trust() {
        return trust(List.of(profile), List.of(tpm.tpm()));
    }

    private SealJudgement judge(KeyEvidence evidence) {
        return new SealJudge(trust(), NOW).judge(KEY, new KeySeal("p", evidence));
    }

    private static void refused(HostRefusal reason, SealJudgement judgement) {
        assertEquals(
                reason,
                assertInstanceOf(SealJudgement.Refused.class, judgement, judgement::toString)
                        .reason());
    }

    @Test
    void aKeyThatIsSealedToAGoodStateIsAccepted() {
        var sealed = assertInstanceOf(SealJudgement.Sealed.class, judge(tpm.seal(KEY, 4, 7, 16)));
        assertEquals(tpm.tpm().id(), sealed.host());
        assertEquals("p", sealed.profile());
        var both = new byte[96];
        System.arraycopy(tpm.pcr(4).bytes(), 0, both, 0, 32);
        System.arraycopy(tpm.pcr(7).bytes(), 0, both, 32, 32);
        assertEquals(Sha256.of(both), sealed.state());
    }

    @Test
    void theTrustRootHasItBesideACertifiersKeyAndARootKey() throws Exception {
        var seal = new KeySeal("p", tpm.seal(KEY, 4, 7));
        var ofRoot = new KeySeal("p", tpm.seal(ROOT, 4, 7));
        TrustRoot bare = trust();
        TrustRoot edited = bare.edit()
                .certifiers(List.of(new Principal(
                        "c", List.of(new TimedKey(KEY, NOW, Optional.of(NOW.plusSeconds(9)), Optional.of(seal))))))
                .root(new RootKeys(1, List.of(new RootKey("r", ROOT).with(ofRoot))))
                .done();
        TrustRoot read =
                SignedTrust.parse(SignedTrust.unsigned(edited).bytes(), "trust").trust();
        assertEquals(edited, read);
        var judge = new SealJudge(read, NOW);
        assertInstanceOf(SealJudgement.Sealed.class, judge.judge(KEY).orElseThrow());
        assertInstanceOf(SealJudgement.Sealed.class, judge.judge(ROOT).orElseThrow());
        assertEquals(Optional.empty(), judge.judge(key()));
        assertEquals(Optional.empty(), new SealJudge(bare, NOW).judge(KEY));
    }

    @Test
    void aBuildersMachineMayKeepAKeyToo() {
        var builder = new TrustedBuilder(new BuilderId("b1"), "op", "z", "intel", List.of(), List.of(tpm.host("p")));
        TrustRoot trust = trust(List.of(profile), List.of())
                .edit()
                .builders(List.of(builder))
                .done();
        assertInstanceOf(
                SealJudgement.Sealed.class,
                new SealJudge(trust, NOW).judge(KEY, new KeySeal("p", tpm.seal(KEY, 4, 7))));
    }

    @Test
    void theMachineIsOneOfTheTrustRoots() {
        var another = new SoftTpm("ek2").measure(4, "kernel").measure(7, "secure boot");
        refused(HostRefusal.HOST_UNKNOWN, judge(another.seal(KEY, 4, 7)));
        KeyEvidence theirs = another.seal(KEY, 4, 7);
        refused(
                HostRefusal.CERTIFICATION_SIGNATURE,
                judge(new KeyEvidence(
                        tpm.ak(), theirs.publicArea(), theirs.certification(), theirs.signature(), theirs.pcrs())));
        var stranger = new SoftTpm("stranger").measure(4, "kernel").measure(7, "secure boot");
        var seal = new KeySeal("p", stranger.seal(KEY, 4, 7));
        refused(
                HostRefusal.CHAIN_UNTRUSTED,
                new SealJudge(trust(List.of(profile), List.of(stranger.tpm())), NOW).judge(KEY, seal));
    }

    @Test
    void aRevokedMachineKeepsNothing() {
        var seal = new KeySeal("p", tpm.seal(KEY, 4, 7));
        String host = tpm.tpm().id().toString();
        for (var revocation : List.of(
                new Revocation(Revocation.Kind.HOST, host, NOW, "test"),
                new Revocation(Revocation.Kind.KEY, tpm.ak().id().hex(), NOW, "test"))) {
            TrustRoot trust = trust(List.of(profile), List.of(tpm.tpm()), revocation);
            refused(HostRefusal.HOST_REVOKED, new SealJudge(trust, NOW).judge(KEY, seal));
            assertInstanceOf(SealJudgement.Sealed.class, new SealJudge(trust, NOW.minusSeconds(1)).judge(KEY, seal));
        }
    }

    @Test
    void theCertificationIsATpmsOfThisKey() {
        byte[] area = SoftTpm.area(SoftTpm.SEALED, tpm.policy(4, 7), KEY);
        byte[] other = SoftTpm.area(SoftTpm.SEALED, tpm.policy(4, 7), key());
        byte[] good = tpm.certification(0x8017, area);
        refused(HostRefusal.CERTIFIED_OTHER, judge(tpm.certify(area, tpm.certification(0x8017, other), 4, 7)));
        refused(HostRefusal.OTHER_KEY, judge(tpm.certify(other, 4, 7)));
        refused(HostRefusal.CERTIFICATION_MALFORMED, judge(tpm.certify(area, tpm.certification(0x8018, area), 4, 7)));
        byte[] longer = Arrays.copyOf(good, good.length + 1);
        refused(HostRefusal.CERTIFICATION_MALFORMED, judge(tpm.certify(area, longer, 4, 7)));
        for (int length = 0; length < good.length; length++) {
            refused(HostRefusal.CERTIFICATION_MALFORMED, judge(tpm.certify(area, Arrays.copyOf(good, length), 4, 7)));
        }
        refused(HostRefusal.CERTIFICATION_MALFORMED, judge(tpm.forging().seal(KEY, 4, 7)));
    }

    @Test
    void theSignatureHasATpmsForm() {
        KeyEvidence good = tpm.seal(KEY, 4, 7);
        byte[] signature = good.signature().bytes();
        for (byte[] wrong : List.of(
                new byte[0],
                Arrays.copyOf(signature, signature.length - 1),
                Arrays.copyOf(signature, signature.length + 1))) {
            refused(
                    HostRefusal.CERTIFICATION_MALFORMED,
                    judge(new KeyEvidence(
                            good.ak(), good.publicArea(), good.certification(), Octets.of(wrong), good.pcrs())));
        }
    }

    @Test
    void theKeyStaysWhereItIsAndNeedsTheState() {
        byte[] policy = tpm.policy(4, 7);
        for (int bit : new int[] {0x2, 0x10, 0x20}) {
            refused(
                    HostRefusal.KEY_MOVABLE,
                    judge(tpm.certify(SoftTpm.area(SoftTpm.SEALED & ~bit, policy, KEY), 4, 7)));
        }
        refused(
                HostRefusal.KEY_BY_PASSWORD,
                judge(tpm.certify(SoftTpm.area(SoftTpm.SEALED | 0x40, policy, KEY), 4, 7)));
        for (int bit : new int[] {0x10000, 0x20000}) {
            refused(HostRefusal.KEY_PURPOSE, judge(tpm.certify(SoftTpm.area(SoftTpm.SEALED | bit, policy, KEY), 4, 7)));
        }
        refused(HostRefusal.KEY_PURPOSE, judge(tpm.certify(SoftTpm.area(0x32, policy, KEY), 4, 7)));
    }

    @Test
    void theAreaIsThatOfASigningKeyAndNothingElse() {
        byte[] area = SoftTpm.area(SoftTpm.SEALED, tpm.policy(4, 7), KEY);
        byte[] rsa = area.clone();
        rsa[1] = 1;
        for (byte[] wrong :
                List.of(rsa, new byte[0], Arrays.copyOf(area, area.length - 1), Arrays.copyOf(area, area.length + 1))) {
            refused(HostRefusal.KEY_AREA_MALFORMED, judge(tpm.certify(wrong, 4, 7)));
        }
    }

    @Test
    void thePolicyIsOverTheValuesThatAreShown() {
        byte[] none = SoftTpm.area(SoftTpm.SEALED, new byte[0], KEY);
        refused(HostRefusal.POLICY_MISMATCH, judge(tpm.certify(none, 4, 7)));
        refused(HostRefusal.POLICY_MISMATCH, judge(tpm.certify(none)));
        KeyEvidence sealed = tpm.seal(KEY, 4, 7);
        tpm.measure(16, "something");
        byte[] area = sealed.publicArea().bytes();
        refused(HostRefusal.POLICY_MISMATCH, judge(tpm.certify(area, 4, 7, 16)));
        refused(HostRefusal.POLICY_MISMATCH, judge(tpm.certify(area, 4)));
        // Sealed to a bad state, with the good one's values shown.
        var rooted = new SoftTpm("ek1").measure(4, "rootkit").measure(7, "secure boot");
        refused(
                HostRefusal.POLICY_MISMATCH,
                judge(tpm.certify(SoftTpm.area(SoftTpm.SEALED, rooted.policy(4, 7), KEY), 4, 7)));
    }

    @Test
    void theStateIsTheProfiles() {
        TrustRoot trust = trust();
        refused(HostRefusal.PCR_MISSING, judge(tpm.seal(KEY, 4)));
        tpm.measure(7, "another key");
        refused(
                HostRefusal.PCR_UNEXPECTED,
                new SealJudge(trust, NOW).judge(KEY, new KeySeal("p", tpm.seal(KEY, 4, 7))));
    }

    @Test
    void aDynamicLaunchShowsInItsRegisters() {
        tpm.measure(17, "launched code").measure(18, "its settings");
        var drtm = new Tpm2Profile(
                "d",
                List.of(
                        new PcrReference(17, List.of(tpm.pcr(17), Sha256.ofDigest(new byte[32]))),
                        new PcrReference(18, List.of(tpm.pcr(18), Sha256.ofDigest(new byte[32])))),
                List.of(),
                true);
        var judge = new SealJudge(trust(List.of(drtm), List.of(tpm.tpm())), NOW);
        assertInstanceOf(SealJudgement.Sealed.class, judge.judge(KEY, new KeySeal("d", tpm.seal(KEY, 17, 18))));
        tpm.reset(17, 0).reset(18, 0);
        refused(HostRefusal.DRTM_MISSING, judge.judge(KEY, new KeySeal("d", tpm.seal(KEY, 17, 18))));
    }

    @Test
    void aProfileThatLooksAtMoreThanRegistersDoesNotFit() {
        var events = new Tpm2Profile(
                "events",
                profile.pcrs(),
                List.of(new EventReference(4, List.of(Sha256.of("kernel")), List.of())),
                false);
        var files = new Tpm2Profile("files", profile.pcrs(), List.of(), false, List.of(Sha256.of("file")));
        var snp = new SnpProfile("snp", List.of(LaunchDigest.parse("11".repeat(48))), new SnpTcb(0, 0, 0, 0, 0), 0);
        var judge = new SealJudge(trust(List.of(events, files, snp), List.of(tpm.tpm())), NOW);
        KeyEvidence evidence = tpm.seal(KEY, 4, 7, 10);
        for (String name : List.of("events", "files", "snp", "absent")) {
            refused(HostRefusal.PROFILE_UNFIT, judge.judge(KEY, new KeySeal(name, evidence)));
        }
    }

    @Test
    void whatCannotBeJudgedIsNotGood() {
        TrustRoot trust = trust().edit()
                .hostTrust(new HostTrust(List.of(), List.of(profile), List.of(tpm.tpm())))
                .done();
        refused(HostRefusal.UNJUDGEABLE, new SealJudge(trust, NOW).judge(KEY, new KeySeal("p", tpm.seal(KEY, 4, 7))));
    }

    @Test
    void noFlippedBitIsAccepted() {
        KeyEvidence good = tpm.seal(KEY, 4, 7);
        TrustRoot trust = trust();
        flipEveryBit(trust, KEY, "p", good);
    }

    /** Of a software TPM (swtpm), with tpm2-tools; the trust root is as the command line made it. */
    @Test
    void aRealTpmsEvidenceIsAcceptedAndNoFlippedBitOfIt() throws Exception {
        TrustRoot trust;
        try (InputStream in = SealJudgeTest.class.getResourceAsStream("/seal/trust.json")) {
            trust = SignedTrust.parse(in.readAllBytes(), "trust").trust();
        }
        P256Key certifier = trust.certifiers().getFirst().keys().getFirst().key();
        KeySeal seal = trust.seal(certifier).orElseThrow();
        var time = Instant.parse("2026-12-01T00:00:00Z");
        var sealed = assertInstanceOf(
                SealJudgement.Sealed.class,
                new SealJudge(trust, time).judge(certifier).orElseThrow());
        assertEquals(trust.hostTrust().keyHosts().getFirst().id(), sealed.host());
        for (P256Key root : trust.root().keys().stream().map(RootKey::key).toList()) {
            assertEquals(
                    trust.seal(root).isPresent(),
                    new SealJudge(trust, time).judge(root).isPresent());
        }
        flipEveryBit(trust, certifier, seal.profile(), seal.evidence());
    }

    private static void flipEveryBit(TrustRoot trust, P256Key key, String profile, KeyEvidence good) {
        var judge = new SealJudge(trust, Instant.parse("2029-01-01T00:00:00Z"));
        assertInstanceOf(SealJudgement.Sealed.class, judge.judge(key, new KeySeal(profile, good)));
        BiFunction<Octets, Function<Octets, KeyEvidence>, Integer> flip = (part, with) -> {
            byte[] bytes = part.bytes();
            for (int bit = 0; bit < 8 * bytes.length; bit++) {
                byte[] mutant = bytes.clone();
                mutant[bit / 8] ^= (byte) (1 << bit % 8);
                var seal = new KeySeal(profile, with.apply(Octets.of(mutant)));
                assertFalse(judge.judge(key, seal) instanceof SealJudgement.Sealed, "bit " + bit);
            }
            return bytes.length;
        };
        flip.apply(
                good.publicArea(),
                part -> new KeyEvidence(good.ak(), part, good.certification(), good.signature(), good.pcrs()));
        flip.apply(
                good.certification(),
                part -> new KeyEvidence(good.ak(), good.publicArea(), part, good.signature(), good.pcrs()));
        flip.apply(
                good.signature(),
                part -> new KeyEvidence(good.ak(), good.publicArea(), good.certification(), part, good.pcrs()));
        for (int pcr : good.pcrs().values().keySet()) {
            flip.apply(Octets.of(good.pcrs().values().get(pcr).bytes()), part -> {
                var values = new TreeMap<>(good.pcrs().values());
                values.put(pcr, Sha256.ofDigest(part.bytes()));
                return new KeyEvidence(
                        good.ak(), good.publicArea(), good.certification(), good.signature(), new PcrValues(values));
            });
        }
    }

    @Test
    void evidenceIsReadStrictly() throws Exception {
        KeyEvidence good = tpm.seal(KEY, 4, 7);
        String text = CanonicalJson.write(good.json());
        assertEquals(good, read(text));
        for (String[] change : new String[][] {
            {"{\"ak\"", "{\"a\":1,\"ak\""},
            {"\"pcrs\":[", "\"pcrs\":[{\"pcr\":4,\"value\":\"" + "00".repeat(32) + "\"},"},
            {"\"pcr\":4", "\"pcr\":24"},
            {"\"signature\":\"", "\"signature\":\"!"},
            {"\"public\":\"", "\"public\":\"" + "AAAA".repeat(400)},
        }) {
            assertThrows(MalformedException.class, () -> read(text.replace(change[0], change[1])), change[1]);
        }
        String none = text.replaceFirst("\"pcrs\":\\[.*?]", "\"pcrs\":[]");
        assertThrows(MalformedException.class, () -> read(none));
    }

    private static KeyEvidence read(String text) throws MalformedException {
        return KeyEvidence.read(Fields.of(JsonReader.read(text, "evidence"), "evidence"));
    }
}
