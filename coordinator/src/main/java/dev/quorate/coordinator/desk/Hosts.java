package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.round.Answer;
import dev.quorate.coordinator.round.TakenOff;
import dev.quorate.coordinator.store.HostNotice;
import dev.quorate.coordinator.store.KeptNotice;
import dev.quorate.coordinator.store.Standing;
import dev.quorate.coordinator.store.StandingChange;
import dev.quorate.coordinator.store.StandingStore;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.host.HostChange;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostJudge;
import dev.quorate.host.HostReadiness;
import dev.quorate.host.HostState;
import dev.quorate.host.Judgement;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.HostId;
import dev.quorate.trust.TrustedBuilder;
import dev.quorate.trust.TrustedHost;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In what standing the builders' hosts are. Whatever a host loses, it loses before anything is logged; the notice of it is
 * kept in the same transaction as the standing, and is entered into the log again by the next start if this one cannot.
 */
public final class Hosts {
    private static final Logger LOG = LoggerFactory.getLogger(Hosts.class);

    /** More than any honest host changes; bounds what one builder can make us sign and log. */
    private static final int MOST_CHANGES = 1000;

    private static final int MOST_NOTICES = 1000;
    private static final long MOST_NOTICE_BYTES = 64 << 20;

    private final Signers signers;
    private final Barring barring;
    private final StandingStore store;
    private final HostNotices notices;
    private final Clock clock;
    private final Map<BuilderId, Standing> standings = new ConcurrentHashMap<>();
    /** The notice of the change that led to a standing. */
    private final Map<BuilderId, Sha256> newest = new ConcurrentHashMap<>();

    private final ReentrantLock changing = new ReentrantLock();

    Hosts(Signers signers, Barring barring, HostNotices notices, Clock clock) {
        this.signers = signers;
        this.barring = barring;
        this.store = notices.store();
        this.notices = notices;
        this.clock = clock;
        store.all().forEach(standing -> standings.put(standing.builder(), standing));
    }

    /** Goes on with what the last process may not have finished. */
    void resume() throws IOException, RefusedException, InterruptedException {
        notices.finish();
        for (Standing standing : standings.values()) {
            if (standing.state() == HostState.LOST) {
                store.newest(standing.builder()).ifPresent(kept -> newest.put(standing.builder(), digest(kept)));
                barring.bar(standing.builder(), loss(standing));
            }
        }
    }

    private static Sha256 digest(KeptNotice kept) {
        return kept.notice().notice().digest();
    }

    private TakenOff loss(Standing lost) {
        return new TakenOff(
                Barring.unattested(lost.reason()).reason(), Optional.ofNullable(newest.get(lost.builder())));
    }

    /** Where the log has the notices of the builders' newest changes. */
    public Map<BuilderId, Long> indices() {
        return store.indices();
    }

    /** A builder's, if its host ever showed itself. */
    public Optional<Standing> standing(BuilderId builder) {
        return Optional.ofNullable(standings.get(builder));
    }

    /** Every change that was signed, oldest first. */
    List<HostNotice> notices() throws IOException {
        return store.notices(MOST_NOTICES, MOST_NOTICE_BYTES);
    }

    /** Whether it was its host that a builder lost its standing for. */
    boolean isLost(BuilderId builder) {
        return standing(builder).filter(s -> s.state() == HostState.LOST).isPresent();
    }

    /** Whether a certificate is the newest of a builder's host and counts now. */
    public boolean stands(BuilderId builder, Sha256 certificate) {
        return isAdmitted(builder)
                && standing(builder).flatMap(Standing::certificate).equals(Optional.of(certificate));
    }

    /** What becomes of a builder of the trust root in the next round that asks for attested hosts. */
    public HostReadiness readiness(TrustedBuilder builder) {
        Optional<Standing> shown = standing(builder.id());
        if (shown.isEmpty()) {
            return builder.hosts().isEmpty() ? HostReadiness.NONE : HostReadiness.UNSEEN;
        }
        return switch (shown.get().state()) {
            case ADMITTED -> isAdmitted(builder.id()) ? HostReadiness.ADMITTED : HostReadiness.EXPIRED;
            case RESTARTED -> HostReadiness.RESTARTED;
            case LOST -> HostReadiness.LOST;
        };
    }

    /** Whether a builder's host has shown itself, and not too long ago. */
    public boolean isAdmitted(BuilderId builder) {
        Instant now = clock.instant();
        return standing(builder)
                .filter(s -> s.isAdmitted(now))
                .flatMap(Standing::host)
                .filter(host -> judge(now).objection(builder, host).isEmpty())
                .isPresent();
    }

    private HostJudge judge(Instant now) {
        return new HostJudge(signers.trust(), now);
    }

    /**
     * Admits a host that has shown itself. What was leased to another boot of it, or to another machine, is taken back.
     *
     * @param shown what was judged good
     * @param certificate SHA-256 of what was issued over it
     */
    public void admit(
            TrustedBuilder builder, Judgement.Accepted good, HostNotice.Shown shown, Sha256 certificate, Instant until)
            throws RefusedException, InterruptedException {
        changing.lock();
        try {
            Instant now = clock.instant();
            requireUnobjectionable(builder.id(), good.host(), now);
            Optional<Standing> before = standing(builder.id());
            Sha256 evidence = shown.envelope().digest();
            if (before.filter(s -> s.state() == HostState.ADMITTED && isSame(s, good))
                    .isPresent()) {
                Standing renewed = before.get().renewed(evidence, certificate, until);
                store.renew(renewed);
                standings.put(builder.id(), renewed);
                return;
            } else if (store.changes(builder.id()) >= MOST_CHANGES) {
                throw new RefusedException(
                        Complaint.BUSY, "this host has changed " + MOST_CHANGES + " times; ask the operator");
            }
            var next = new Standing(
                    builder.id(),
                    HostState.ADMITTED,
                    Optional.of(good.host()),
                    good.boot().toString(),
                    before.map(s -> "before: " + s.state() + (isSame(s, good) ? "" : ", another boot or machine"))
                            .orElse(""),
                    evidence,
                    Optional.of(certificate),
                    until,
                    now);
            KeptNotice notice = change(next, builder, Optional.of(shown));
            barring.takeBack(builder.id(), now);
            notices.enter(notice);
        } finally {
            changing.unlock();
        }
    }

    /** A later trust root may have come between the judgement and now. */
    private void requireUnobjectionable(BuilderId builder, HostId host, Instant now) throws RefusedException {
        Optional<Judgement.Refused> objection = judge(now).objection(builder, host);
        if (objection.isPresent()) {
            throw new RefusedException(
                    Complaint.HOST_REFUSED, Printable.of(objection.get().toString()));
        }
    }

    private static boolean isSame(Standing standing, Judgement.Accepted good) {
        return standing.host().equals(Optional.of(good.host()))
                && standing.boot().equals(good.boot().toString());
    }

    /**
     * Notes that evidence was refused at admission. If that says something of the host's state, its certificate is void,
     * and it has no further part in the open rounds that want to know its state.
     */
    public void refuse(HostEvidence said, Judgement.Refused why, HostNotice.Shown shown)
            throws RefusedException, InterruptedException {
        changing.lock();
        try {
            Optional<StandingChange> loss = loss(said, why, shown.envelope().digest(), Optional.of(shown));
            if (loss.isPresent()) {
                takeAway(loss.get().standing(), store.change(loss.get()));
            }
        } finally {
            changing.unlock();
        }
    }

    /**
     * Files evidence that was refused in a round, and takes the builder off it. What it takes from the host beside that,
     * as at admission, is kept in the same step: no crash leaves a host admitted whose refused evidence is on file.
     */
    Answer refuse(LiveRound round, HostEvidence said, Judgement.Refused why, Filing filing)
            throws RefusedException, IOException, InterruptedException {
        BuilderId builder = said.builder();
        changing.lock();
        try {
            Optional<StandingChange> loss = loss(said, why, filing.digest(), Optional.empty());
            Answer answer = round.file(filing.with(loss));
            if (answer instanceof Answer.Taken) {
                barring.bar(round, builder, Barring.unattested(Printable.of(why.toString())));
            }
            // A round that had the evidence before keeps nothing more of it.
            Optional<KeptNotice> kept = loss.isEmpty()
                    ? Optional.empty()
                    : store.notice(builder, loss.get().notice().notice().digest());
            if (kept.isPresent()) {
                takeAway(loss.get().standing(), kept.get());
            }
            return answer;
        } finally {
            changing.unlock();
        }
    }

    /** What refused evidence takes from a host that has something to lose. */
    private Optional<StandingChange> loss(
            HostEvidence said, Judgement.Refused why, Sha256 evidence, Optional<HostNotice.Shown> shown)
            throws RefusedException {
        Optional<TrustedBuilder> builder = signers.trust().builder(said.builder());
        if (!why.reason().isOfState() || builder.isEmpty() || isLost(said.builder())) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Optional<HostId> host = judge(now).claimed(said).map(TrustedHost::id);
        var next = Standing.lost(said.builder(), host, Printable.of(why.toString()), evidence, now);
        return Optional.of(signed(next, builder.get(), shown));
    }

    /** What follows from a loss that is kept. */
    private void takeAway(Standing next, KeptNotice notice) throws RefusedException, InterruptedException {
        changed(next, notice);
        barring.bar(next.builder(), loss(next));
        notices.enter(notice);
    }

    /**
     * Marks the hosts that the trust root in force no longer lets be their builders', without waiting for what they show
     * next. The notice names the evidence that the host last had in the log: it is refused now.
     */
    void recheck() throws IOException, RefusedException, InterruptedException {
        changing.lock();
        try {
            Instant now = clock.instant();
            for (Standing standing : List.copyOf(standings.values())) {
                Optional<TrustedBuilder> builder = signers.trust().builder(standing.builder());
                Optional<Judgement.Refused> objection =
                        standing.host().flatMap(host -> judge(now).objection(standing.builder(), host));
                if (standing.state() != HostState.LOST && builder.isPresent() && objection.isPresent()) {
                    String reason = Printable.of(objection.get().toString());
                    var next = Standing.lost(standing.builder(), standing.host(), reason, shown(standing), now);
                    takeAway(next, store.change(signed(next, builder.get(), Optional.empty())));
                }
            }
        } finally {
            changing.unlock();
        }
    }

    /** A renewal is not logged, so that the evidence to name is that of the newest change. */
    private Sha256 shown(Standing standing) throws IOException {
        Optional<VerifiedPayload> notice = store.newest(standing.builder())
                .flatMap(kept -> signers.everCertifier(kept.notice().notice()));
        try {
            return notice.isPresent() ? HostChange.parse(notice.get()).evidence() : standing.evidence();
        } catch (MalformedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Makes sure that good evidence of a round is of the boot that the builder was admitted with; a key outlives no boot.
     *
     * @throws RefusedException if it is of another: the certificate is void then, and what was leased under it is taken
     *     back
     */
    void requireSameBoot(BuilderId id, Judgement.Accepted good, Sha256 evidence)
            throws RefusedException, InterruptedException {
        changing.lock();
        try {
            Optional<Standing> before = standing(id).filter(s -> s.state() != HostState.LOST && !isSame(s, good));
            Optional<TrustedBuilder> builder = signers.trust().builder(id);
            if (before.isEmpty() || builder.isEmpty()) {
                return;
            }
            Instant now = clock.instant();
            String reason = "BOOT_CHANGED: the evidence is of another boot or machine than the host's certificate";
            if (before.get().state() == HostState.ADMITTED) {
                var next = new Standing(
                        id, HostState.RESTARTED, before.get().host(), "", reason, evidence, Optional.empty(), now, now);
                KeptNotice notice = change(next, builder.get(), Optional.empty());
                barring.takeBack(id, now);
                notices.enter(notice);
            }
            throw new RefusedException(Complaint.HOST_REFUSED, reason);
        } finally {
            changing.unlock();
        }
    }

    private KeptNotice change(Standing next, TrustedBuilder builder, Optional<HostNotice.Shown> shown)
            throws RefusedException {
        KeptNotice notice = store.change(signed(next, builder, shown));
        changed(next, notice);
        return notice;
    }

    private StandingChange signed(Standing next, TrustedBuilder builder, Optional<HostNotice.Shown> shown)
            throws RefusedException {
        return new StandingChange(next, new HostNotice(notices.sign(next, builder), shown));
    }

    private void changed(Standing next, KeptNotice notice) {
        newest.put(next.builder(), digest(notice));
        standings.put(next.builder(), next);
        LOG.info(
                "host changed builder={} standing={} host={} reason=\"{}\"",
                next.builder(),
                next.state(),
                next.host().map(HostId::toString).orElse("unknown"),
                next.reason());
    }

    /** Takes the builders off a new round whose hosts are known to be in another state than the trust root allows. */
    void barLost(LiveRound round) {
        if (Barring.isGated(round)) {
            for (BuilderId builder : round.state().assignments().keySet()) {
                Optional<Standing> lost = standing(builder).filter(s -> s.state() == HostState.LOST);
                if (lost.isPresent()) {
                    barring.bar(round, builder, loss(lost.get()));
                }
            }
        }
    }
}
