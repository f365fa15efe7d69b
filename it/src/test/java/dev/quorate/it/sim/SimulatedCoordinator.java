package dev.quorate.it.sim;

import dev.quorate.certificate.Certificate;
import dev.quorate.coordinator.desk.Reappraisal;
import dev.quorate.coordinator.desk.TrustChange;
import dev.quorate.coordinator.log.SteppedLog;
import dev.quorate.coordinator.round.Answer;
import dev.quorate.coordinator.round.Assignment;
import dev.quorate.coordinator.round.Due;
import dev.quorate.coordinator.round.Filed;
import dev.quorate.coordinator.round.Finality;
import dev.quorate.coordinator.round.Outlook;
import dev.quorate.coordinator.round.Phase;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.coordinator.round.RoundMachine;
import dev.quorate.coordinator.round.RoundState;
import dev.quorate.coordinator.round.Step;
import dev.quorate.coordinator.round.Terms;
import dev.quorate.coordinator.schedule.Candidate;
import dev.quorate.coordinator.schedule.Choice;
import dev.quorate.coordinator.schedule.Scheduler;
import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.json.MalformedException;
import dev.quorate.proof.BuildProof;
import dev.quorate.proof.Dependency;
import dev.quorate.proof.FailureClass;
import dev.quorate.proof.Outcome;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Commitment;
import dev.quorate.round.RoundId;
import dev.quorate.round.RoundOpening;
import dev.quorate.spec.RebuildSpec;
import dev.quorate.spec.SpecDigest;
import dev.quorate.tally.Logged;
import dev.quorate.tally.Openness;
import dev.quorate.tally.RoundRecord;
import dev.quorate.tally.Tally;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TrustRoot;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The coordinator's real parts (round machine, scheduler, tally, log store) in a shell that does what the desk does, in
 * the desk's order: ask the machine, write the log, write the event, answer. Blobs, HTTP and TLS are not here. An
 * {@link IOException} ends the process; whoever called it restarts it.
 */
final class SimulatedCoordinator {
    private final Map<RebuildSpec, SpecDigest> digests = new IdentityHashMap<>();
    private final Set<SpecDigest> refused = new HashSet<>();
    private final Setting setting;
    private final EventStore store;
    private final Oracle oracle;
    private final Map<RoundId, RoundState> rounds = new TreeMap<>();
    private final SteppedLog log;
    private final SimulatedTrust trust;

    /** Starts the process on what is on its disks. */
    SimulatedCoordinator(Setting setting, SimulatedDisk disk, EventStore store, Oracle oracle, Instant now)
            throws IOException {
        this.setting = setting;
        this.store = store;
        this.oracle = oracle;
        log = SteppedLog.open(disk, Cast.LOG);
        trust = new SimulatedTrust(store, log, setting.trust());
        for (RoundId round : store.rounds()) {
            rounds.put(round, RoundMachine.fold(store.events(round)));
        }
        oracle.restarted(this);
        look(now);
    }

    /** The trust root in force. */
    TrustRoot trust() {
        return trust.current();
    }

    /** How often anything that it knows has changed; heartbeats do not count. */
    long transactions() {
        return store.transactions();
    }

    /** What it has of trust roots. */
    Archive archive() {
        return store.archive();
    }

    /** Whether a round lost a builder without whom it could be no quorum. */
    boolean isHopeless(RoundId round) {
        return store.events(round).stream()
                .anyMatch(
                        event -> event instanceof RoundEvent.Barred barred && barred.outlook() == Outlook.CANNOT_MEET);
    }

    /** Takes a later trust root, if it follows. */
    boolean push(SignedTrust next) throws IOException {
        boolean taken = trust.push(next);
        if (taken) {
            oracle.adopted(next, log);
        }
        return taken;
    }

    SteppedLog log() {
        return log;
    }

    Map<RoundId, RoundState> rounds() {
        return rounds;
    }

    List<Testimony> said(RoundId round) {
        return store.envelopes(round);
    }

    /** Opens a round over a spec unless one is open or was. */
    void submit(RebuildSpec spec, byte[] id, Instant now) throws IOException {
        var digest = digests.computeIfAbsent(spec, RebuildSpec::digest);
        if (rounds.values().stream().anyMatch(r -> r.terms().spec().equals(digest))) {
            return;
        }
        var candidates = candidates(now);
        if (!(new Scheduler(setting.builders(), setting.policy()).choose(candidates, now)
                instanceof Choice.Enrol enrol)) {
            if (trust().version() == 1 && trust().revocations().isEmpty()) {
                throw new Violation("L0", "nobody can be enrolled");
            }
            refused.add(digest);
            return;
        }
        refused.remove(digest);
        var opening = RoundOpening.of(
                RoundId.ofRandom(id), spec, setting.policy(), enrol.builders(), now.truncatedTo(ChronoUnit.SECONDS));
        Envelope envelope = Cast.sign(opening.statement(), Cast.CERTIFIER_KEY);
        var said = Testimony.of(EnvelopeKind.OPENING, envelope, Cast.CERTIFIER_KEY.publicKey(), opening);
        Testimony logged = said.at(log.append(said.leaf()));
        var terms = new Terms(
                opening.round(),
                opening.digest(),
                opening.builders(),
                setting.policy().threshold(),
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                Duration.ofMinutes(3));
        var event = new RoundEvent.Opened(now, terms, new Filed(logged.digest(), logged.index()));
        store.append(opening.round(), event, Optional.of(logged));
        rounds.put(opening.round(), RoundMachine.open(event));
        oracle.opened(opening, now);
    }

    private List<Candidate> candidates(Instant now) {
        return trust().builders().stream()
                .filter(b -> key(b.id(), now).isPresent())
                .map(b -> new Candidate(b, Optional.empty(), 0))
                .toList();
    }

    /** How many specs have a round, or cannot have one because a revocation left too few builders. */
    int settled() {
        return rounds.size() + refused.size();
    }

    Reply handle(Request request, Instant now) throws IOException {
        Reply reply = switch (request) {
            case Request.Lease lease -> lease(lease.from(), now);
            case Request.Heartbeat r -> answer(r.round(), new RoundEvent.Heartbeat(now, r.from(), r.token()));
            case Request.HandBack r -> answer(r.round(), new RoundEvent.Returned(now, r.from(), r.token()));
            case Request.Commit commit -> commit(commit, now);
            case Request.Reveal reveal -> reveal(reveal);
            case Request.Prove prove -> prove(prove, now);
        };
        oracle.replied(request, reply, now);
        work(now);
        return reply;
    }

    /** Time may have decided something. */
    void look(Instant now) throws IOException {
        for (RoundId round : List.copyOf(rounds.keySet())) {
            apply(round, new RoundEvent.Passed(now), Optional.empty());
        }
        work(now);
    }

    private Reply lease(BuilderId builder, Instant now) throws IOException {
        if (key(builder, now).isEmpty()) {
            return new Reply.Nothing();
        }
        for (Map.Entry<RoundId, RoundState> round : rounds.entrySet()) {
            if (apply(round.getKey(), new RoundEvent.Leased(now, builder), Optional.empty())
                    instanceof Answer.Granted granted) {
                var opening = Testimony.opening(said(round.getKey())).value();
                return new Reply.Work(opening, granted.token(), granted.stage());
            }
        }
        return new Reply.Nothing();
    }

    private Reply answer(RoundId round, RoundEvent event) throws IOException {
        return reply(apply(round, event, Optional.empty()));
    }

    private static Reply reply(Answer answer) {
        return switch (answer) {
            case Answer.Taken taken -> new Reply.Filed(taken.filed().index());
            case Answer.Refused refused -> new Reply.Refused(refused.refusal().name());
            default -> new Reply.Nothing();
        };
    }

    private Reply reveal(Request.Reveal request) {
        RoundState state = rounds.get(request.round());
        if (!state.assignment(request.from())
                .filter(a -> a.leasedUntil().isPresent() && a.token().equals(request.token()))
                .isPresent()) {
            return new Reply.Refused(Answer.Refusal.LEASE_LOST.name());
        }
        return state.phase() == Phase.REVEALING || state.phase().isCounted()
                ? new Reply.Revealed(Testimony.commitments(said(request.round())))
                : new Reply.Nothing();
    }

    private Reply commit(Request.Commit request, Instant now) throws IOException {
        RoundOpening opening = Testimony.opening(said(request.round())).value();
        Optional<Testimony> read = verified(
                request.from(),
                request.envelope(),
                now,
                payload -> {
                    Commitment said = Commitment.parse(payload);
                    return isOwn(opening, request.from(), said.builder(), said.round(), said)
                            ? Optional.of(said)
                            : Optional.empty();
                },
                EnvelopeKind.COMMITMENT);
        if (read.isEmpty()) {
            return new Reply.Refused("ENVELOPE_REFUSED");
        }
        return reply(file(
                request.round(),
                read.get(),
                filed -> new RoundEvent.Committed(now, request.from(), request.token(), filed)));
    }

    private static boolean isOwn(RoundOpening opening, BuilderId from, BuilderId said, RoundId round, Object value) {
        boolean ofSpec = value instanceof Commitment c
                ? c.spec().equals(opening.digest())
                : ((BuildProof) value).spec().equals(opening.digest());
        return said.equals(from) && round.equals(opening.round()) && ofSpec;
    }

    private Reply prove(Request.Prove request, Instant now) throws IOException {
        RoundOpening opening = Testimony.opening(said(request.round())).value();
        Optional<Filed> commitment =
                rounds.get(request.round()).assignment(request.from()).flatMap(Assignment::commitment);
        Optional<Testimony> read = verified(
                request.from(),
                request.envelope(),
                now,
                payload -> {
                    BuildProof said = BuildProof.parse(payload);
                    boolean isOwn = isOwn(opening, request.from(), said.builder(), said.round(), said)
                            && said.inputs().equals(Dependency.of(opening.spec()));
                    boolean opens = commitment.isEmpty()
                            || said.commitmentIndex().isPresent()
                                    && said.commitmentIndex().getAsLong()
                                            == commitment.get().index();
                    return isOwn && opens ? Optional.of(said) : Optional.empty();
                },
                EnvelopeKind.PROOF);
        if (read.isEmpty()) {
            return new Reply.Refused("ENVELOPE_REFUSED");
        }
        Finality finality = finality(((BuildProof) read.get().value()).outcome());
        return reply(file(
                request.round(),
                read.get(),
                filed -> new RoundEvent.Proven(now, request.from(), request.token(), finality, filed)));
    }

    static Finality finality(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed && failed.failure() == FailureClass.INFRASTRUCTURE
                ? Finality.RETRYABLE
                : Finality.FINAL;
    }

    private interface Reader {
        Optional<?> read(VerifiedPayload payload) throws MalformedException;
    }

    private Optional<Testimony> verified(
            BuilderId from, Envelope envelope, Instant now, Reader reader, EnvelopeKind kind) {
        try {
            Optional<P256Key> key = key(from, now);
            Optional<VerifiedPayload> payload = key.flatMap(k -> oracle.verified(envelope, k));
            if (payload.isEmpty()) {
                return Optional.empty();
            }
            return reader.read(payload.get())
                    .map(value -> Testimony.of(kind, envelope, payload.get().signedBy(), value));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private Optional<P256Key> key(BuilderId builder, Instant now) {
        P256Key key = Cast.key(builder);
        boolean counts = trust().builder(builder).isPresent() && !trust().isRevoked(builder, key, now);
        return counts ? Optional.of(key) : Optional.empty();
    }

    private Answer file(RoundId round, Testimony said, Function<Filed, RoundEvent> event) throws IOException {
        RoundState state = rounds.get(round);
        Step probe = RoundMachine.step(state, event.apply(Filed.proposed(said.digest())));
        if (probe.state().equals(state)) {
            return probe.answer();
        }
        Testimony logged = said.at(log.append(said.leaf()));
        return apply(round, event.apply(new Filed(said.digest(), logged.index())), Optional.of(logged));
    }

    private Answer apply(RoundId round, RoundEvent event, Optional<Testimony> envelope) throws IOException {
        RoundState state = rounds.get(round);
        Step step = RoundMachine.step(state, event);
        if (!step.state().equals(state)) {
            if (!(event instanceof RoundEvent.Heartbeat)) {
                store.append(round, event, envelope);
                oracle.happened(round, event, envelope);
            }
            rounds.put(round, step.state());
        }
        return step.answer();
    }

    private void work(Instant now) throws IOException {
        trust.step(new Again(now));
        for (RoundId round : List.copyOf(rounds.keySet())) {
            while (rounds.get(round).due() != Due.NOTHING) {
                Due due = rounds.get(round).due();
                if (due != Due.CERTIFY) {
                    Instant counted = due == Due.COUNT
                            ? now.truncatedTo(ChronoUnit.SECONDS)
                            : rounds.get(round).deadline();
                    Tally tally = recount(round, tally(round, counted, Openness.CLOSED));
                    apply(round, new RoundEvent.Counted(counted, tally.verdict(), tally.reason()), Optional.empty());
                } else {
                    certify(round, now);
                }
            }
        }
    }

    RoundRecord record(RoundId round, Instant time) {
        List<Testimony> said = said(round);
        return new RoundRecord(Testimony.opening(said), Testimony.commitments(said), Testimony.proofs(said), time);
    }

    Tally tally(RoundId round, Instant time, Openness openness) {
        return Tally.of(setting.policy(), trust(), record(round, time), openness);
    }

    private Tally recount(RoundId round, Tally tally) {
        return Certificate.recount(
                tally,
                Testimony.certificates(said(round)).stream().map(Logged::value).toList());
    }

    private void certify(RoundId round, Instant now) throws IOException {
        Instant counted = rounds.get(round).deadline();
        RoundRecord record = record(round, counted);
        Tally count = tally(round, counted, Openness.CLOSED);
        Tally tally = recount(round, count);
        Certificate certificate = certificate(record, tally);
        Envelope envelope = Cast.sign(certificate.statement(), Cast.CERTIFIER_KEY);
        P256Key key = Cast.CERTIFIER_KEY.publicKey();
        file(
                round,
                Testimony.of(EnvelopeKind.CERTIFICATE, envelope, key, certificate),
                filed -> new RoundEvent.Certified(now, filed));
        oracle.counted(count, record, trust());
        oracle.certified(this, round, tally, certificate);
    }

    private Certificate certificate(RoundRecord record, Tally tally) {
        List<Sha256> named = Certificate.named(record, trust());
        return Certificate.of(record.opening().value(), tally, named, Cast.CERTIFIER, record.time());
    }

    /** The rounds, while a later trust root is looked at. */
    private final class Again implements SimulatedTrust.Rounds {
        private final Instant now;

        Again(Instant now) {
            this.now = now;
        }

        @Override
        public List<RoundId> counted() {
            return rounds.entrySet().stream()
                    .filter(round -> round.getValue().phase().isCounted())
                    .map(Map.Entry::getKey)
                    .toList();
        }

        @Override
        public boolean bar(TrustChange change) throws IOException {
            for (RoundState state : rounds.values()) {
                for (Assignment part : state.assignments().values()) {
                    if (!state.phase().isCounted()
                            && part.takenOff().isEmpty()
                            && key(part.builder(), now).isEmpty()) {
                        String reason = change.about(part.builder()).orElse("no key of it counts now");
                        Outlook outlook = canMeet(state) ? Outlook.CAN_MEET : Outlook.CANNOT_MEET;
                        var event = new RoundEvent.Barred(now, part.builder(), reason, outlook);
                        apply(state.terms().round(), event, Optional.empty());
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean canMeet(RoundState state) {
            List<Candidate> left = candidates(now).stream()
                    .filter(c -> state.assignment(c.builder().id())
                            .filter(part -> !part.hasGivenUp() && !part.isBarred())
                            .isPresent())
                    .toList();
            return IntStream.rangeClosed(setting.policy().threshold(), left.size())
                    .anyMatch(size -> new Scheduler(size, setting.policy()).choose(left, now) instanceof Choice.Enrol);
        }

        @Override
        public void review(RoundId round, TrustChange change) throws IOException {
            RoundState state = rounds.get(round);
            int version = change.after().version();
            List<P256Key> certifiers = List.of(Cast.CERTIFIER_KEY.publicKey());
            String causes = change.about(state, certifiers);
            if (causes.isEmpty()
                    || state.review().filter(r -> r.trust() >= version).isPresent()) {
                return;
            }
            Tally tally = recount(round, tally(round, state.deadline(), Openness.CLOSED));
            boolean follows = state.due() != Due.NOTHING || isNewest(round, state, tally);
            var found = Reappraisal.of(state, change.after(), tally, certifiers, follows);
            var notice = new ReviewNotice(round, state.certificate(), version, found);
            Filed outcome = trust.notice(SimulatedTrust.subject(change.after(), round), notice.statement());
            apply(
                    round,
                    new RoundEvent.Reviewed(now, version, found.standing(), found.after(), causes, outcome),
                    Optional.empty());
        }

        private boolean isNewest(RoundId round, RoundState state, Tally tally) {
            Certificate expected = certificate(record(round, state.deadline()), tally);
            return Testimony.certificates(said(round)).stream()
                    .filter(c -> state.certificate()
                            .filter(newest -> newest.envelope().equals(c.digest()))
                            .isPresent())
                    .anyMatch(c -> c.value().equals(expected));
        }
    }

    /** What the log may show to anybody, taken in now. */
    void publish() throws IOException {
        log.head();
    }
}
