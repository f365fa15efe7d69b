package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.round.Assignment;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.coordinator.store.HostNotice;
import dev.quorate.coordinator.store.Standing;
import dev.quorate.coordinator.store.StandingStore;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostReport;
import dev.quorate.host.HostState;
import dev.quorate.host.Judgement;
import dev.quorate.json.Printable;
import dev.quorate.policy.Assurance;
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
import java.util.Set;
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

    /** One change at a time is made, so that a crash leaves no more unlogged. */
    private static final int UNFINISHED = 1;

    private final Signers signers;
    private final Rounds rounds;
    private final Prospects prospects;
    private final StandingStore store;
    private final HostNotices notices;
    private final Clock clock;
    private final Map<BuilderId, Standing> standings = new ConcurrentHashMap<>();
    private final ReentrantLock changing = new ReentrantLock();

    Hosts(Signers signers, Rounds rounds, Prospects prospects, StandingStore store, HostNotices notices, Clock clock) {
        this.signers = signers;
        this.rounds = rounds;
        this.prospects = prospects;
        this.store = store;
        this.notices = notices;
        this.clock = clock;
        store.all().forEach(standing -> standings.put(standing.builder(), standing));
    }

    /** Goes on with what the last process may not have finished. */
    void resume() throws IOException, RefusedException, InterruptedException {
        for (HostNotice notice : store.notices(UNFINISHED, Long.MAX_VALUE)) {
            notices.enter(notice);
        }
        for (Standing standing : standings.values()) {
            if (standing.state() == HostState.LOST) {
                bar(standing);
            }
        }
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

    /** Whether a builder's host has shown itself, and not too long ago. */
    boolean isAdmitted(BuilderId builder) {
        Instant now = clock.instant();
        return standing(builder)
                .filter(s -> s.isAdmitted(now))
                .flatMap(Standing::host)
                .filter(host -> !signers.trust().isRevoked(host, now))
                .isPresent();
    }

    /** Whether work of a round is for admitted hosts alone. */
    static boolean isGated(LiveRound round) {
        return round.opening().policy().hosts() != Assurance.NONE;
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
            HostNotice notice = change(next, builder, Optional.of(shown));
            takeBack(builder.id(), now);
            notices.enter(notice);
        } finally {
            changing.unlock();
        }
    }

    private static boolean isSame(Standing standing, Judgement.Accepted good) {
        return standing.host().equals(Optional.of(good.host()))
                && standing.boot().equals(good.boot().toString());
    }

    /**
     * Notes that evidence was refused. If that says something of the host's state, its certificate is void, and it has no
     * further part in the open rounds that want to know its state.
     *
     * @param shown what was judged, unless a round has it anyway
     */
    public void refuse(HostEvidence said, Judgement.Refused why, Sha256 evidence, Optional<HostNotice.Shown> shown)
            throws RefusedException, InterruptedException {
        Optional<TrustedBuilder> builder = signers.trust().builder(said.builder());
        if (!why.reason().isOfState() || builder.isEmpty()) {
            return;
        }
        changing.lock();
        try {
            Instant now = clock.instant();
            if (isLost(said.builder())) {
                return;
            }
            var next = new Standing(
                    said.builder(),
                    HostState.LOST,
                    host(builder.get(), said.report()),
                    "",
                    Printable.of(why.toString()),
                    evidence,
                    Optional.empty(),
                    now,
                    now);
            HostNotice notice = change(next, builder.get(), shown);
            bar(next);
            notices.enter(notice);
        } finally {
            changing.unlock();
        }
    }

    private static Optional<HostId> host(TrustedBuilder builder, HostReport report) {
        return builder.hosts().stream()
                .filter(host -> host instanceof TrustedHost.Tpm2 tpm
                        && report instanceof HostReport.Tpm2 quoted
                        && tpm.ak().equals(quoted.ak()))
                .map(TrustedHost::id)
                .findFirst();
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
                HostNotice notice = change(next, builder.get(), Optional.empty());
                takeBack(id, now);
                notices.enter(notice);
            }
            throw new RefusedException(Complaint.HOST_REFUSED, reason);
        } finally {
            changing.unlock();
        }
    }

    private HostNotice change(Standing next, TrustedBuilder builder, Optional<HostNotice.Shown> shown)
            throws RefusedException {
        Envelope signed = notices.sign(next, builder);
        var notice = new HostNotice(signed, shown);
        store.change(next, notice);
        standings.put(builder.id(), next);
        LOG.info(
                "host changed builder={} standing={} host={} reason=\"{}\"",
                builder.id(),
                next.state(),
                next.host().map(HostId::toString).orElse("unknown"),
                next.reason());
        return notice;
    }

    /** Ends the leases of a builder; what was begun waits for its next one. */
    private void takeBack(BuilderId builder, Instant now) {
        for (LiveRound round : List.copyOf(rounds.queue(builder))) {
            if (isGated(round)) {
                takeBack(round, builder, now);
            }
        }
    }

    void takeBack(LiveRound round, BuilderId builder, Instant now) {
        round.state()
                .assignment(builder)
                .filter(part -> part.leasedUntil().isPresent())
                .map(Assignment::token)
                .ifPresent(token -> round.apply(new RoundEvent.Returned(now, builder, token)));
    }

    private void bar(Standing lost) {
        for (LiveRound round : List.copyOf(rounds.queue(lost.builder()))) {
            if (isGated(round)) {
                bar(round, lost.builder(), lost.reason());
            }
        }
    }

    /** Takes the builders off a new round whose hosts are known to be in another state than the trust root allows. */
    void barLost(LiveRound round) {
        if (isGated(round)) {
            for (BuilderId builder : round.state().assignments().keySet()) {
                standing(builder)
                        .filter(s -> s.state() == HostState.LOST)
                        .ifPresent(s -> bar(round, builder, s.reason()));
            }
        }
    }

    /** Takes a builder off a round, which does not wait for what can no longer come. */
    void bar(LiveRound round, BuilderId builder, String reason) {
        Instant now = clock.instant();
        boolean silent = round.state()
                .assignment(builder)
                .filter(part -> part.proof().isEmpty() && part.takenOff().isEmpty())
                .isPresent();
        if (silent) {
            round.apply(new RoundEvent.Barred(
                    now, builder, "UNATTESTED, " + reason, prospects.of(round, Set.of(builder), now)));
        }
    }
}
