package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.round.Answer;
import dev.quorate.coordinator.store.HostNotice;
import dev.quorate.coordinator.store.KeptNotice;
import dev.quorate.coordinator.store.Standing;
import dev.quorate.coordinator.store.StandingChange;
import dev.quorate.coordinator.store.StandingStore;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.host.HostChange;
import dev.quorate.host.HostEvidence;
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
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Changes in what standing the builders' hosts are. Whatever a host loses, it loses before anything is logged; the notice
 * of it is kept in the same transaction as the standing, and is entered into the log again by the next start if this one
 * cannot.
 */
public final class Hosts {
    /** More than any honest host changes; bounds what one builder can make us sign and log. */
    private static final int MOST_CHANGES = 1000;

    private static final int MOST_NOTICES = 1000;
    private static final long MOST_NOTICE_BYTES = 64 << 20;

    private final Signers signers;
    private final Barring barring;
    private final StandingStore store;
    private final HostNotices notices;
    private final Standings standings;
    private final Clock clock;
    private final ReentrantLock changing = new ReentrantLock();

    Hosts(Signers signers, Barring barring, HostNotices notices, Clock clock) {
        this.signers = signers;
        this.barring = barring;
        this.store = notices.store();
        this.notices = notices;
        this.standings = new Standings(signers, store, clock);
        this.clock = clock;
    }

    /** As they are now. */
    public Standings standings() {
        return standings;
    }

    /** Goes on with what the last process may not have finished. */
    void resume() throws IOException, RefusedException, InterruptedException {
        notices.finish();
        for (Standing standing : standings.all()) {
            if (standing.isLost()) {
                standings.recall(standing.builder());
                barring.bar(standing.builder(), standings.loss(standing));
            }
        }
    }

    /** Every change that was signed, oldest first. */
    List<HostNotice> notices() throws IOException {
        return store.notices(MOST_NOTICES, MOST_NOTICE_BYTES);
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
            Optional<Standing> before = standings.of(builder.id());
            Sha256 evidence = shown.envelope().digest();
            if (before.filter(s -> s.state() == HostState.ADMITTED && isSame(s, good))
                    .isPresent()) {
                Standing renewed = before.get().renewed(evidence, certificate, until);
                store.renew(renewed);
                standings.put(renewed);
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
        Optional<Judgement.Refused> objection = standings.judge(now).objection(builder, host);
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
        if (!why.reason().isOfState() || builder.isEmpty() || standings.isLost(said.builder())) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Optional<HostId> host = standings.judge(now).claimed(said).map(TrustedHost::id);
        var next = Standing.lost(said.builder(), host, Printable.of(why.toString()), evidence, now);
        return Optional.of(signed(next, builder.get(), shown));
    }

    /** What follows from a loss that is kept. */
    private void takeAway(Standing next, KeptNotice notice) throws RefusedException, InterruptedException {
        standings.changed(next, notice);
        barring.bar(next.builder(), standings.loss(next));
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
            for (Standing standing : standings.all()) {
                Optional<TrustedBuilder> builder = signers.trust().builder(standing.builder());
                Optional<Judgement.Refused> objection =
                        standing.host().flatMap(host -> standings.judge(now).objection(standing.builder(), host));
                if (!standing.isLost() && builder.isPresent() && objection.isPresent()) {
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
            Optional<Standing> before = standings.of(id).filter(s -> !s.isLost() && !isSame(s, good));
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
        standings.changed(next, notice);
        return notice;
    }

    private StandingChange signed(Standing next, TrustedBuilder builder, Optional<HostNotice.Shown> shown)
            throws RefusedException {
        return new StandingChange(next, new HostNotice(notices.sign(next, builder), shown));
    }

    /** Takes the builders off a new round whose hosts are known to be in another state than the trust root allows. */
    void barLost(LiveRound round) {
        if (Barring.isGated(round)) {
            for (BuilderId builder : round.state().assignments().keySet()) {
                Optional<Standing> lost = standings.of(builder).filter(Standing::isLost);
                if (lost.isPresent()) {
                    barring.bar(round, builder, standings.loss(lost.get()));
                }
            }
        }
    }
}
