package dev.quorate.it.sim;

import static dev.quorate.it.sim.OracleTest.breaks;

import dev.quorate.coordinator.log.SteppedLog;
import dev.quorate.coordinator.store.HostNotice;
import dev.quorate.coordinator.store.Standing;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.host.HostChange;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostJudge;
import dev.quorate.host.HostRefusal;
import dev.quorate.host.HostState;
import dev.quorate.host.Judgement;
import dev.quorate.host.Occasion;
import dev.quorate.policy.Assurance;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedHost;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What must never happen to hosts, each of which has to be named. */
class HostCheckTest {
    private static final BuilderId B1 = new BuilderId("b1");
    private static final Judgement REFUSED = new Judgement.Refused(HostRefusal.PCR_UNEXPECTED, "a test");

    private final Quotes quotes = new Quotes();
    private final HostCheck check = new HostCheck(quotes, true);
    private final SimulatedHost host = new SimulatedHost(B1, quotes);
    private final TrustRoot trust =
            Cast.trustWithHosts(List.of(), new Chance(1)).trust();
    private final TrustedHost named = trust.builder(B1).orElseThrow().hosts().getFirst();
    private final Occasion occasion = new Occasion.OfEnrolment(check.random());
    private final P256Key key = new FreshKeys().next().publicKey();
    private final Judgement accepted =
            new Judgement.Accepted(Assurance.MEASURED, named.id(), "first", new Judgement.Boot.Counted(8, 2));

    private void judged(Judgement judgement) {
        var said = new HostEvidence(B1, occasion, key, host.quote(B1, occasion, key));
        check.judged(said, key, occasion, new HostJudge(trust, Cast.START), judgement);
    }

    private Standing standing(HostState state) {
        return new Standing(
                B1,
                state,
                Optional.of(named.id()),
                "",
                "",
                Sha256.of("evidence"),
                Optional.empty(),
                Cast.START.plusSeconds(60),
                Cast.START);
    }

    @Test
    void aTrueHistoryBreaksNothing() {
        judged(accepted);
        check.stands(standing(HostState.ADMITTED), trust);
        check.admitted(standing(HostState.ADMITTED));
        check.leased(B1, Cast.START);
        host.tamper(0);
        judged(REFUSED);
        check.stands(standing(HostState.LOST), trust);
    }

    @Test
    void i1EvidenceThatIsTakenForWhatItIsNot() {
        breaks("I1", () -> judged(REFUSED));
        host.tamper(1);
        breaks("I1", () -> judged(accepted));
    }

    @Test
    void i13AHostThatIsLostForNothing() {
        judged(accepted);
        breaks("I13", () -> check.stands(standing(HostState.LOST), trust));
    }

    @Test
    void i13WorkForAHostThatHasNotShownItselfOrIsLostSince() {
        breaks("I13", () -> check.leased(B1, Cast.START));
        check.admitted(standing(HostState.ADMITTED));
        breaks("I13", () -> check.leased(B1, Cast.START.plusSeconds(60)));
        check.stands(standing(HostState.RESTARTED), trust);
        breaks("I13", () -> check.leased(B1, Cast.START));
    }

    @Test
    void i13ANoticeThatIsForgottenOrThatTheLogWasNotTold() throws Exception {
        SteppedLog log = SteppedLog.open(new SimulatedDisk(new Chance(1)), Cast.LOG);
        log.append(new byte[] {1});
        HostArchive archive = archive("lost");
        check.requireKept(archive, log);
        breaks("I13", () -> check.requireTold(archive, log));
        breaks("I13", () -> check.requireKept(new HostArchive(), log));
        breaks("I13", () -> check.requireKept(archive("otherwise"), log));
        archive.logged(archive.unlogged().orElseThrow(), 0);
        breaks("I13", () -> check.requireKept(archive, log));
    }

    private HostArchive archive(String reason) {
        var change = new HostChange(
                B1, "op", "zone", Optional.empty(), HostState.LOST, reason, Cast.START, Sha256.of("evidence"));
        var archive = new HostArchive();
        archive.change(
                standing(HostState.LOST),
                new HostNotice(Cast.sign(change.statement(), Cast.CERTIFIER_KEY), Optional.empty()));
        return archive;
    }
}
