package dev.quorate.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.dsse.Signer;
import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.Specs;
import dev.quorate.intoto.Statement;
import dev.quorate.intoto.Subject;
import dev.quorate.json.Json;
import dev.quorate.kit.Bundle;
import dev.quorate.kit.Kit;
import dev.quorate.trust.RootKey;
import dev.quorate.trust.RootKeys;
import dev.quorate.trust.TrustRoot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrustUpdatesTest {
    private RoundScript script;
    private TrustRoot own;
    private Signer alice;

    @BeforeEach
    void play() {
        script = new RoundScript(Policies.threshold(2), 0)
                .builder("b1")
                .builder("b2")
                .open()
                .agree(Specs.built("good"))
                .certify();
        own = script.trust();
        alice = script.roots().getFirst();
    }

    private static TrustRoot version(int version, TrustRoot trust) {
        return trust.edit().version(version).done();
    }

    private TrustUpdates updates() {
        return TrustUpdates.of(new Kit(script.bundles()), own);
    }

    @Test
    void aKitWithoutVersionsChangesNothing() {
        TrustUpdates updates = updates();
        assertEquals(own, updates.trust());
        assertEquals(List.of(), updates.notes());
    }

    @Test
    void versionsFollowEachOtherInWhateverOrderTheLinesAre() {
        script.sayTrust(version(4, own), script.roots());
        script.sayTrust(version(2, own), script.roots());
        script.sayTrust(version(3, own), script.roots());
        List<Bundle> lines = new ArrayList<>(script.bundles());
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(lines, new Random(seed));
            assertEquals(4, TrustUpdates.of(new Kit(lines), own).trust().version());
        }
    }

    @Test
    void aVersionThatTooFewSignedIsLeftAsideAndSaidSo() {
        script.sayTrust(version(2, own), List.of(alice));
        TrustUpdates updates = updates();
        assertEquals(own, updates.trust());
        assertTrue(updates.notes().getFirst().contains("version 2"), updates.notes()::toString);
        assertTrue(updates.notes().getFirst().contains("left aside"), updates.notes()::toString);
    }

    @Test
    void ofTwoNextVersionsTheFirstByACurrentRootKeyIsTaken() {
        Signer newcomer = RoundScript.stranger();
        TrustRoot left = rootedIn(newcomer, version(2, own));
        TrustRoot late = rootedIn(newcomer, version(3, own));
        TrustRoot early = version(3, own);
        script.sayTrust(late, List.of(newcomer))
                .sayTrust(left, List.of(alice))
                .sayTrust(version(2, own), script.roots())
                .sayTrust(early, script.roots())
                .sayTrust(late, script.roots());
        assertEquals(early, updates().trust());
    }

    private static TrustRoot rootedIn(Signer signer, TrustRoot trust) {
        return trust.edit()
                .root(new RootKeys(1, List.of(new RootKey("newcomer", signer.publicKey()))))
                .done();
    }

    @Test
    void aHalfThatWasSignedStopsTheWayAndNotWhatCameBefore() {
        script.sayTrust(version(2, own), script.roots()).sayTrust(version(3, own), List.of(alice));
        assertEquals(2, updates().trust().version());
    }

    @Test
    void aTrustRootThatIsNoneIsLeftAside() {
        var statement = new Statement(
                List.of(new Subject("trust root", dev.quorate.digest.Sha256.of("x"))),
                TrustRoot.TYPE,
                Json.object().put("version", 2).build());
        script.utter(statement.bytes(), alice).utter(new byte[] {'{'}, alice);
        TrustUpdates updates = updates();
        assertEquals(own, updates.trust());
        assertTrue(updates.notes().getFirst().contains("does not have its form"), updates.notes()::toString);
    }

    @Test
    void otherBytesThatSayTheSameAreNotWhatRootKeysSign() {
        byte[] canonical = version(2, own).statement().bytes();
        byte[] spaced = new byte[canonical.length + 1];
        System.arraycopy(canonical, 0, spaced, 0, canonical.length);
        spaced[canonical.length] = ' ';
        script.roots().forEach(root -> script.utter(spaced, root));
        assertEquals(own, updates().trust());
    }

    @Test
    void aLineWithABadSignatureDoesNotHideTheGoodOne() {
        script.sayTrust(version(2, own), script.roots());
        List<Bundle> lines = new ArrayList<>(script.bundles());
        Bundle good = lines.getLast();
        Bundle other = lines.getFirst();
        lines.add(0, new Bundle(good.hint(), other.entry(), other.envelope()));
        assertEquals(2, TrustUpdates.of(new Kit(lines), own).trust().version());
    }

    @Test
    void theReportSaysWhichVersionWasUsed() {
        script.sayTrust(version(2, own), script.roots());
        Report report = new Verifier(
                        script.signed(own), script.policy(), RoundScript.START.plusSeconds(3600), Optional.empty())
                .verify(List.of(), script.kit(), "kit");
        assertEquals(Report.Outcome.VERIFIED, report.outcome());
        assertTrue(report.notes().getFirst().contains("used in place of version 1"), report.notes()::toString);
        assertTrue(report.notes().stream().noneMatch(note -> note.contains("does not name")), report.notes()::toString);
    }
}
