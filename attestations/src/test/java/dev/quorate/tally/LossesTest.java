package dev.quorate.tally;

import static dev.quorate.tally.TallyTest.vote;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.Signer;
import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.fixture.Specs;
import dev.quorate.host.HostState;
import dev.quorate.proof.Outcome;
import dev.quorate.trust.PcrReference;
import dev.quorate.trust.Principal;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.TimedKey;
import dev.quorate.trust.Tpm2Profile;
import dev.quorate.trust.TrustRoot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a coordinator's word on a host does to a count: words, and nothing else. */
class LossesTest {
    private static final Outcome GOOD = Specs.built("good");
    private static final Outcome EVIL = Specs.built("evil");
    private static final String WHY = "PCR_UNEXPECTED: PCR 7 holds another value";
    /** What a missing vote is called once it is explained. */
    private static final Map<String, String> EXPLAINED = Map.of("SILENT", "UNATTESTED", "UNREVEALED", "UNREVEALED");

    private static final Instant BEFORE = RoundScript.START.minusSeconds(1);

    /** Those of the newest script's builders. */
    private List<SoftTpm> tpms = List.of();

    private SoftTpm tpm(int number) {
        return tpms.get(number - 1);
    }

    private RoundScript three() {
        tpms = Stream.of("t1", "t2", "t3")
                .map(name -> new SoftTpm(name).measure(7, "secure boot"))
                .toList();
        var profile = new Tpm2Profile("p", List.of(new PcrReference(7, List.of(tpm(1).pcr(7)))), List.of(), false);
        RoundScript script = new RoundScript(Policies.measured(2), 0).profile(profile);
        for (int i = 1; i <= 3; i++) {
            script.measured("b" + i, tpm(i));
        }
        return script.open();
    }

    private static Vote b3(RoundScript script, TrustRoot trust) {
        return vote(Tally.of(script.policy(), trust, script.record(), Openness.CLOSED), "b3");
    }

    @Test
    void theReasonSaysWhoseWordItIsAndWhereItIs() {
        RoundScript script = three().lose("b3", WHY);
        Vote lost = b3(script, script.trust());
        assertEquals("UNATTESTED", lost.outcome());
        assertEquals(
                "has said nothing; the coordinator says that it lost the host (log entry 1): " + WHY, lost.reason());
        assertEquals(
                "SILENT",
                vote(script.tally(script.policy(), Openness.CLOSED), "b2").outcome());
    }

    @Test
    void whoeverCommittedIsToldOfAndStaysUnrevealed() {
        RoundScript script = three().attest("b3", tpm(3), 7).commit("b3", GOOD).lose("b3", WHY);
        Vote lost = b3(script, script.trust());
        assertEquals("UNREVEALED", lost.outcome());
        assertTrue(lost.reason().contains(WHY), lost.reason());
    }

    @Test
    void whatTheReasonSaysIsShortAndPrintable() {
        RoundScript script = three().lose("b3", "PCR_UNEXPECTED: \u001b[2J" + "x".repeat(4000));
        String reason = b3(script, script.trust()).reason();
        assertTrue(reason.contains("\\u{1b}[2J") && reason.length() < 400, reason);
    }

    @Test
    void onlyTheRoundsOwnCertifierExplains() {
        var other = new KeyPairSigner(KeyPairSigner.generate());
        RoundScript script = three().change("b3", HostState.LOST, WHY, other);
        List<Principal> two = new ArrayList<>(script.trust().certifiers());
        two.add(new Principal("other.example", List.of(new TimedKey(other.publicKey(), BEFORE, Optional.empty()))));
        assertEquals(
                "SILENT",
                b3(script, script.trust().edit().certifiers(two).done()).outcome());
        assertEquals(
                "UNATTESTED",
                b3(script, certifiedBy(script, other, Optional.empty())).outcome());
    }

    /** The round's certifier has a second key. */
    private static TrustRoot certifiedBy(RoundScript script, Signer second, Optional<Instant> until) {
        Principal own = script.trust().certifiers().getFirst();
        List<TimedKey> keys = new ArrayList<>(own.keys());
        keys.add(new TimedKey(second.publicKey(), BEFORE, until));
        return script.trust()
                .edit()
                .certifiers(List.of(new Principal(own.id(), keys)))
                .done();
    }

    @Test
    void aKeyThatDoesNotCountExplainsNothing() {
        var second = new KeyPairSigner(KeyPairSigner.generate());
        RoundScript script = three().change("b3", HostState.LOST, WHY, second);
        assertEquals(
                "SILENT",
                b3(script, certifiedBy(script, second, Optional.of(RoundScript.START)))
                        .outcome());
        TrustRoot good = certifiedBy(script, second, Optional.empty());
        P256Key key = second.publicKey();
        var revoked = new Revocation(Revocation.Kind.KEY, key.id().hex(), RoundScript.START, "stolen");
        assertEquals(
                "SILENT",
                b3(script, good.edit().revocations(List.of(revoked)).done()).outcome());
    }

    @Test
    void aRoundIsWaitedForAsBefore() {
        RoundScript script = three().attest("b1", tpm(1), 7).attest("b2", tpm(2), 7);
        script.commit("b1", GOOD).commit("b2", GOOD).reveal("b1", GOOD).reveal("b2", GOOD);
        assertEquals(
                Verdict.PENDING,
                script.lose("b3", WHY).tally(script.policy(), Openness.OPEN).verdict());
    }

    /** Whatever was said, in whatever order it is read, with notices about anybody in any standing. */
    @Test
    void noNoticeChangesACount() {
        Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            RoundScript script = played(random);
            RoundRecord with = script.record();
            var without = new RoundRecord(
                    with.opening(), with.evidence(), List.of(), with.commitments(), with.proofs(), with.time());
            for (Openness openness : Openness.values()) {
                Tally plain = Tally.of(script.policy(), script.trust(), without, openness);
                Tally told = Tally.of(script.policy(), script.trust(), with, openness);
                verdicts.add(plain.verdict());
                assertEquals(plain, inPlainWords(told, plain), "seed " + seed);
                var shuffled = new ArrayList<>(with.changes());
                shuffled.addAll(with.changes());
                Collections.shuffle(shuffled, random);
                var mixed = new RoundRecord(
                        with.opening(), with.evidence(), shuffled, with.commitments(), with.proofs(), with.time());
                assertEquals(told, Tally.of(script.policy(), script.trust(), mixed, openness), "seed " + seed);
            }
        }
        assertTrue(
                verdicts.containsAll(List.of(Verdict.CERTIFIED, Verdict.CONTESTED, Verdict.INSUFFICIENT)),
                verdicts::toString);
    }

    private RoundScript played(Random random) {
        RoundScript script = three();
        for (int i = 1; i <= 3; i++) {
            perhapsChange(script, i, random);
            if (random.nextInt(4) > 0) {
                script.attest("b" + i, random.nextInt(4) > 0 ? tpm(i) : tpm(i).measure(7, "rootkit"), 7);
            }
        }
        Outcome[] made = new Outcome[4];
        for (int i = 1; i <= 3; i++) {
            made[i] = random.nextInt(3) > 0 ? GOOD : EVIL;
            if (random.nextInt(4) > 0) {
                script.commit("b" + i, made[i]);
            }
            perhapsChange(script, i, random);
        }
        for (int i = 1; i <= 3; i++) {
            if (random.nextInt(4) > 0) {
                script.reveal("b" + i, made[i]);
            }
            perhapsChange(script, i, random);
        }
        return script;
    }

    private static void perhapsChange(RoundScript script, int builder, Random random) {
        HostState[] states = HostState.values();
        if (random.nextInt(3) == 0) {
            script.change("b" + builder, states[random.nextInt(states.length)], WHY, script.certifier());
        }
    }

    /** A tally as it would be if nobody had explained the votes that are missing. */
    private static Tally inPlainWords(Tally told, Tally plain) {
        List<Vote> votes = new ArrayList<>();
        for (int i = 0; i < told.votes().size(); i++) {
            Vote vote = told.votes().get(i);
            Vote unexplained = plain.votes().get(i);
            boolean explained = vote.outcome().equals(EXPLAINED.get(unexplained.outcome()))
                    && vote.reason().contains("the coordinator says");
            votes.add(explained ? unexplained : vote);
        }
        return new Tally(told.verdict(), told.reason(), votes, told.winner(), told.required(), told.reached());
    }
}
