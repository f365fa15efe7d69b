package dev.quorate.it.sim;

import dev.quorate.coordinator.log.SteppedLog;
import dev.quorate.coordinator.round.Answer;
import dev.quorate.coordinator.round.Filed;
import dev.quorate.coordinator.round.Outlook;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.coordinator.round.RoundMachine;
import dev.quorate.coordinator.round.RoundState;
import dev.quorate.coordinator.round.Step;
import dev.quorate.coordinator.round.TakenOff;
import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.coordinator.store.KeptNotice;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.host.HostChange;
import dev.quorate.json.MalformedException;
import dev.quorate.round.RoundId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The rounds of a process, changed by events alone: ask the machine, write the log, write the event. */
final class SimulatedRounds {
    private final Map<RoundId, RoundState> states = new TreeMap<>();
    private final EventStore store;
    private final SteppedLog log;
    private final Oracle oracle;

    /** Folds what is in the store. */
    SimulatedRounds(EventStore store, SteppedLog log, Oracle oracle) {
        this.store = store;
        this.log = log;
        this.oracle = oracle;
        for (RoundId round : store.rounds()) {
            states.put(round, RoundMachine.fold(store.events(round)));
        }
    }

    /** How each stands. */
    Map<RoundId, RoundState> states() {
        return states;
    }

    RoundState state(RoundId round) {
        return states.get(round);
    }

    /** Everything that was logged of a round, and what the log has of the hosts that it lost. */
    List<Testimony> said(RoundId round) {
        List<Testimony> said = new ArrayList<>(store.envelopes(round));
        states.get(round).assignments().values().stream()
                .flatMap(part -> part.takenOff().flatMap(TakenOff::notice).stream()
                        .flatMap(notice -> store.hosts().notice(part.builder(), notice).stream()))
                .filter(kept -> kept.index().isPresent())
                .map(SimulatedRounds::notice)
                .forEach(said::add);
        return said;
    }

    /** The certificate that a round's kit has. */
    Optional<Envelope> certificate(RoundId round) {
        return states.get(round)
                .certificate()
                .flatMap(newest -> store.envelopes(round).stream()
                        .filter(said -> said.digest().equals(newest.envelope()))
                        .map(Testimony::envelope)
                        .findFirst());
    }

    private static Testimony notice(KeptNotice kept) {
        Envelope notice = kept.notice().notice();
        P256Key certifier = Cast.CERTIFIER_KEY.publicKey();
        try {
            HostChange change = HostChange.parse(notice.verify(certifier).orElseThrow());
            return Testimony.of(EnvelopeKind.NOTICE, notice, certifier, change)
                    .at(kept.index().getAsLong());
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a round lost a builder without whom it could be no quorum. */
    boolean isHopeless(RoundId round) {
        return store.events(round).stream()
                .anyMatch(
                        event -> event instanceof RoundEvent.Barred barred && barred.outlook() == Outlook.CANNOT_MEET);
    }

    void open(RoundId round, RoundEvent.Opened event, Testimony opening) throws IOException {
        store.append(round, event, Optional.of(opening));
        states.put(round, RoundMachine.open(event));
    }

    Testimony enter(Testimony said) throws IOException {
        return said.at(log.append(said.leaf()));
    }

    /** Files an envelope if that changes the round. */
    Answer file(RoundId round, Testimony said, Function<Filed, RoundEvent> event) throws IOException {
        RoundState state = states.get(round);
        Step probe = RoundMachine.step(state, event.apply(Filed.proposed(said.digest())));
        if (probe.state().equals(state)) {
            return probe.answer();
        }
        Testimony logged = enter(said);
        return apply(round, event.apply(new Filed(said.digest(), logged.index())), Optional.of(logged));
    }

    Answer apply(RoundId round, RoundEvent event) throws IOException {
        return apply(round, event, Optional.empty());
    }

    private Answer apply(RoundId round, RoundEvent event, Optional<Testimony> envelope) throws IOException {
        RoundState state = states.get(round);
        Step step = RoundMachine.step(state, event);
        if (!step.state().equals(state)) {
            if (!(event instanceof RoundEvent.Heartbeat)) {
                store.append(round, event, envelope);
                oracle.happened(round, event, envelope);
            }
            states.put(round, step.state());
        }
        return step.answer();
    }
}
