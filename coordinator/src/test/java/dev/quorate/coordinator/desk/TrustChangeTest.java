package dev.quorate.coordinator.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quorate.coordinator.round.Attestation;
import dev.quorate.coordinator.round.Filed;
import dev.quorate.coordinator.round.LeaseToken;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.coordinator.round.RoundMachine;
import dev.quorate.coordinator.round.RoundState;
import dev.quorate.coordinator.round.Terms;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;
import dev.quorate.spec.SpecDigest;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.RootKey;
import dev.quorate.trust.RootKeys;
import dev.quorate.trust.TimedKey;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrustChangeTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final BuilderId B1 = new BuilderId("b1");
    private static final String WORDS = "a key of b1 is revoked as of 2026-11-23T10:00:00Z (stolen)";

    private final SoftTpm tpm = new SoftTpm("t1");
    private final P256Key voice = key();

    private static P256Key key() {
        return new KeyPairSigner(KeyPairSigner.generate()).publicKey();
    }

    private TrustRoot trust(Revocation... revocations) {
        var keys = List.of(new TimedKey(key(), NOW, Optional.empty()));
        return new TrustRoot(
                1,
                NOW.plus(Duration.ofDays(30)),
                new RootKeys(1, List.of(new RootKey("alice", key()))),
                List.of(new TrustedBuilder(B1, "op", "zone", "vendor", keys, List.of(tpm.host("profile")))),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(revocations));
    }

    /** A round in which the builder has shown its machine. */
    private RoundState round() {
        var terms = new Terms(
                RoundId.ofRandom(new byte[16]),
                new SpecDigest(Sha256.of("spec")),
                List.of(B1, new BuilderId("b2")),
                2,
                Duration.ofSeconds(30),
                Duration.ofMinutes(30),
                Duration.ofMinutes(5));
        return RoundMachine.fold(List.of(
                new RoundEvent.Opened(NOW, terms, new Filed(Sha256.of("opening"), 0)),
                new RoundEvent.Leased(NOW, B1),
                new RoundEvent.Attested(
                        NOW,
                        B1,
                        new LeaseToken(1),
                        voice,
                        Attestation.Standing.GOOD,
                        new Filed(Sha256.of("evidence"), 1))));
    }

    private static Revocation revoked(P256Key key) {
        return new Revocation(Revocation.Kind.KEY, key.id().hex(), NOW, "stolen");
    }

    private String about(TrustRoot before, TrustRoot after) {
        return new TrustChange(before, after).about(round(), List.of());
    }

    @Test
    void anAttestationKeyThatIsRevokedHasItsBuildersCountsLookedAtAgain() {
        TrustRoot before = trust();
        TrustRoot after = before.edit().revocations(List.of(revoked(tpm.ak()))).done();
        assertEquals(WORDS, about(before, after));
        assertEquals("a revocation of b1 was taken back", about(after, before));
    }

    @Test
    void aKeyOfOneRoundThatIsRevokedHasThatRoundLookedAtAgain() {
        TrustRoot before = trust();
        TrustRoot after = before.edit().revocations(List.of(revoked(voice))).done();
        assertEquals(WORDS, about(before, after));
        assertEquals("a revocation of b1 was taken back", about(after, before));
    }

    @Test
    void aKeyThatNobodyUsedTouchesNothing() {
        TrustRoot before = trust();
        TrustRoot after = before.edit().revocations(List.of(revoked(key()))).done();
        assertEquals("", about(before, after));
    }
}
