package dev.quorate.it.sim;

import dev.quorate.coordinator.log.Publication;
import dev.quorate.coordinator.log.SteppedLog;
import dev.quorate.coordinator.round.Answer;
import dev.quorate.coordinator.round.Filed;
import dev.quorate.coordinator.round.Phase;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.coordinator.round.RoundState;
import dev.quorate.coordinator.round.Terms;
import dev.quorate.coordinator.schedule.Candidate;
import dev.quorate.coordinator.schedule.Choice;
import dev.quorate.coordinator.schedule.Scheduler;
import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.log.VerifiedCheckpoint;
import dev.quorate.round.BuilderId;
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
    private final SteppedLog log;
    private final SimulatedTrust trust;
    private final SimulatedRounds rounds;
    private final SimulatedSigners signers;
    private final SimulatedCounter counter;
    private final SimulatedHearing hearing;
    private final SimulatedHosts hosts;
    private final SimulatedAdmission admission;
    private final Optional<SimulatedCosigner> cosigner;
    private final Optional<SimulatedStamper> stamper;

    /** Starts the process on what is on its disks, where nobody else vouches for it. */
    SimulatedCoordinator(Setting setting, SimulatedDisk disk, EventStore store, Oracle oracle, Instant now)
            throws IOException {
        this(setting, disk, store, oracle, now, Vouchers.NONE);
    }

    /** Starts the process on what is on its disks. */
    SimulatedCoordinator(
            Setting setting, SimulatedDisk disk, EventStore store, Oracle oracle, Instant now, Vouchers vouchers)
            throws IOException {
        this.setting = setting;
        this.store = store;
        this.oracle = oracle;
        log = SteppedLog.open(
                disk, Cast.LOG, setting.witnessing().isAny() ? Publication.WHEN_COSIGNED : Publication.AT_ONCE);
        cosigner = vouchers.cosigner(log);
        stamper = vouchers.stamper();
        trust = new SimulatedTrust(store, log, setting.trust());
        rounds = new SimulatedRounds(store, log, oracle);
        signers = new SimulatedSigners(setting.policy(), trust);
        hosts = new SimulatedHosts(store, log, new SimulatedBarring(rounds, signers), trust, oracle);
        admission = new SimulatedAdmission(rounds, hosts, trust, oracle);
        counter = new SimulatedCounter(setting.policy(), rounds, trust, hosts, oracle);
        hearing = new SimulatedHearing(rounds, signers, oracle);
        oracle.restarted(this);
        hosts.resume(now);
        hosts.recheck(now);
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

    /** What it has of hosts. */
    HostArchive hosts() {
        return store.hosts();
    }

    /** Whether a round lost a builder without whom it could be no quorum. */
    boolean isHopeless(RoundId round) {
        return rounds.isHopeless(round);
    }

    /** Takes a later trust root, if it follows. */
    boolean push(SignedTrust next, Instant now) throws IOException {
        boolean taken = trust.push(next);
        if (taken) {
            oracle.adopted(next, log);
            hosts.recheck(now);
        }
        return taken;
    }

    SteppedLog log() {
        return log;
    }

    Map<RoundId, RoundState> rounds() {
        return rounds.states();
    }

    List<Testimony> said(RoundId round) {
        return rounds.said(round);
    }

    RoundRecord record(RoundId round, Instant time) {
        return counter.record(round, time);
    }

    Tally tally(RoundId round, Instant time, Openness openness) {
        return counter.tally(round, time, openness);
    }

    /** Opens a round over a spec unless one is open or was. */
    void submit(RebuildSpec spec, byte[] id, Instant now) throws IOException {
        var digest = digests.computeIfAbsent(spec, RebuildSpec::digest);
        if (rounds().values().stream().anyMatch(r -> r.terms().spec().equals(digest))) {
            return;
        }
        if (!(new Scheduler(setting.builders(), setting.policy()).choose(candidates(now), now)
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
        Testimony logged = rounds.enter(said);
        var terms = new Terms(
                opening.round(),
                opening.digest(),
                opening.builders(),
                setting.policy().threshold(),
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                Duration.ofMinutes(3));
        var event = new RoundEvent.Opened(now, terms, new Filed(logged.digest(), logged.index()));
        rounds.open(opening.round(), event, logged);
        oracle.opened(opening, now);
        hosts.barLost(opening.round(), rounds.state(opening.round()), now);
    }

    /** Whoever lost its host is enrolled only where nobody else is left, as if it had not been seen lately. */
    private List<Candidate> candidates(Instant now) {
        return signers.candidates(now).stream()
                .map(c -> hosts.barring().isGated() && !hosts.isLost(c.builder().id())
                        ? new Candidate(c.builder(), Optional.of(now), 0)
                        : c)
                .toList();
    }

    /** How many specs have a round, or cannot have one because a revocation left too few builders. */
    int settled() {
        return rounds().size() + refused.size();
    }

    Reply handle(Request request, Instant now) throws IOException {
        Reply reply = switch (request) {
            case Request.Lease lease -> lease(lease, now);
            case Request.Nonce nonce -> admission.nonce(nonce, now);
            case Request.Admit admit -> admission.admit(admit, now);
            case Request.Attest attest -> admission.attest(attest, now);
            case Request.Heartbeat heartbeat -> heartbeat(heartbeat, now);
            case Request.HandBack r -> answer(r.round(), new RoundEvent.Returned(now, r.from(), r.token()));
            case Request.Commit commit -> hearing.commit(commit, now);
            case Request.Reveal reveal -> reveal(reveal);
            case Request.Prove prove -> hearing.prove(prove, now);
        };
        oracle.replied(request, reply, now);
        work(now);
        return reply;
    }

    /** Time may have decided something. */
    void look(Instant now) throws IOException {
        for (RoundId round : List.copyOf(rounds().keySet())) {
            rounds.apply(round, new RoundEvent.Passed(now));
        }
        work(now);
    }

    private Reply heartbeat(Request.Heartbeat r, Instant now) throws IOException {
        if (hosts.barring().isGated() && !hosts.isAdmitted(r.from(), now)) {
            rounds.apply(r.round(), new RoundEvent.Returned(now, r.from(), r.token()));
            return new Reply.Refused(Answer.Refusal.LEASE_LOST.name());
        }
        return answer(r.round(), new RoundEvent.Heartbeat(now, r.from(), r.token()));
    }

    private Reply lease(Request.Lease request, Instant now) throws IOException {
        BuilderId builder = request.from();
        if (signers.key(builder, now).isEmpty()) {
            return new Reply.Nothing();
        }
        if (hosts.barring().isGated() && !hosts.stands(builder, request.certificate(), now)) {
            return new Reply.Refused("HOST_NOT_ADMITTED");
        }
        for (RoundId round : rounds().keySet()) {
            if (rounds.apply(round, new RoundEvent.Leased(now, builder)) instanceof Answer.Granted granted) {
                oracle.hosts().leased(builder, now);
                Logged<RoundOpening> opening = Testimony.opening(said(round));
                return new Reply.Work(opening.value(), opening.digest(), granted.token(), granted.stage());
            }
        }
        return new Reply.Nothing();
    }

    private Reply answer(RoundId round, RoundEvent event) throws IOException {
        return SimulatedHearing.reply(rounds.apply(round, event));
    }

    private Reply reveal(Request.Reveal request) {
        RoundState state = rounds.state(request.round());
        if (!state.assignment(request.from())
                .filter(a -> a.leasedUntil().isPresent() && a.token().equals(request.token()))
                .isPresent()) {
            return new Reply.Refused(Answer.Refusal.LEASE_LOST.name());
        }
        return state.phase() == Phase.REVEALING || state.phase().isCounted()
                ? new Reply.Revealed(Testimony.commitments(said(request.round())))
                : new Reply.Nothing();
    }

    private void work(Instant now) throws IOException {
        trust.step(new SimulatedReview(rounds, counter, trust, signers, now));
        for (RoundId round : List.copyOf(rounds().keySet())) {
            counter.work(round, now);
        }
    }

    /** What the log may show to anybody, taken in now. */
    void publish() throws IOException {
        log.head();
    }

    /** Has the log cosigned and certificates stamped, if it is time. */
    void askOthers() throws IOException {
        if (cosigner.isPresent()) {
            cosigner.get().look();
        }
        if (stamper.isPresent()) {
            for (RoundId round : rounds().keySet()) {
                rounds.certificate(round).ifPresent(c -> stamper.get().want(c.signature()));
            }
            stamper.get().look();
        }
    }

    /** Whether the newest head is shown to anybody with the cosignatures that it needs, and each certificate stamped. */
    boolean isVouchedFor() throws IOException {
        return (cosigner.isEmpty() || cosigner.get().isCurrent())
                && (stamper.isEmpty()
                        || rounds().keySet().stream()
                                .flatMap(round -> rounds.certificate(round).stream())
                                .noneMatch(certificate -> tokens(certificate).isEmpty()));
    }

    /** What a kit has of tokens over a certificate. */
    List<byte[]> tokens(Envelope certificate) {
        return store.token(Sha256.of(certificate.signature())).stream().toList();
    }

    /** The head that a kit with that entry is proven under now. */
    VerifiedCheckpoint headOver(long entry) throws IOException {
        return cosigner.isPresent() ? cosigner.get().over(entry) : log.head();
    }

    /** The process is gone. */
    void die() {
        cosigner.ifPresent(SimulatedCosigner::die);
        stamper.ifPresent(SimulatedStamper::die);
    }
}
