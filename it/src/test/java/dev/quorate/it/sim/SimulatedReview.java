package dev.quorate.it.sim;

import dev.quorate.certificate.Certificate;
import dev.quorate.coordinator.desk.Reappraisal;
import dev.quorate.coordinator.desk.TrustChange;
import dev.quorate.coordinator.round.Assignment;
import dev.quorate.coordinator.round.Due;
import dev.quorate.coordinator.round.Filed;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.coordinator.round.RoundState;
import dev.quorate.coordinator.round.TakenOff;
import dev.quorate.dsse.P256Key;
import dev.quorate.round.RoundId;
import dev.quorate.tally.Openness;
import dev.quorate.tally.Tally;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The rounds, while a later trust root is looked at. */
record SimulatedReview(
        SimulatedRounds rounds, SimulatedCounter counter, SimulatedTrust trust, SimulatedSigners signers, Instant now)
        implements SimulatedTrust.Rounds {
    @Override
    public List<RoundId> counted() {
        return rounds.states().entrySet().stream()
                .filter(round -> round.getValue().phase().isCounted())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public boolean bar(TrustChange change) throws IOException {
        for (RoundState state : rounds.states().values()) {
            for (Assignment part : state.assignments().values()) {
                if (!state.phase().isCounted()
                        && part.takenOff().isEmpty()
                        && signers.key(part.builder(), now).isEmpty()) {
                    String reason = change.about(part.builder()).orElse("no key of it counts now");
                    var event = new RoundEvent.Barred(
                            now, part.builder(), TakenOff.because(reason), signers.without(part.builder(), state, now));
                    rounds.apply(state.terms().round(), event);
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void review(RoundId round, TrustChange change) throws IOException {
        RoundState state = rounds.state(round);
        int version = change.after().version();
        List<P256Key> certifiers = List.of(Cast.CERTIFIER_KEY.publicKey());
        String causes = change.about(state, certifiers);
        if (causes.isEmpty() || state.review().filter(r -> r.trust() >= version).isPresent()) {
            return;
        }
        Tally tally = counter.recount(round, counter.tally(round, state.deadline(), Openness.CLOSED));
        boolean follows = state.due() != Due.NOTHING || isNewest(round, state, tally);
        var found = Reappraisal.of(state, change.after(), tally, certifiers, follows);
        var notice = new ReviewNotice(round, state.certificate(), version, found);
        Filed outcome = trust.notice(SimulatedTrust.subject(change.after(), round), notice.statement());
        rounds.apply(round, new RoundEvent.Reviewed(now, version, found.standing(), found.after(), causes, outcome));
    }

    private boolean isNewest(RoundId round, RoundState state, Tally tally) {
        Certificate expected = counter.certificate(counter.record(round, state.deadline()), tally);
        return Testimony.certificates(rounds.said(round)).stream()
                .filter(c -> state.certificate()
                        .filter(newest -> newest.envelope().equals(c.digest()))
                        .isPresent())
                .anyMatch(c -> c.value().equals(expected));
    }
}
