package dev.quorate.it.sim;

import dev.quorate.coordinator.log.SteppedLog;
import dev.quorate.coordinator.round.Assignment;
import dev.quorate.coordinator.round.RoundState;
import dev.quorate.coordinator.round.TakenOff;
import dev.quorate.coordinator.store.HostNotice;
import dev.quorate.coordinator.store.KeptNotice;
import dev.quorate.coordinator.store.Standing;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.host.HostChange;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostJudge;
import dev.quorate.host.HostState;
import dev.quorate.host.Judgement;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;
import dev.quorate.trust.HostId;
import dev.quorate.trust.TrustedBuilder;
import dev.quorate.trust.TrustedHost;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * In what standing hosts are, kept as the desk keeps it and in its order: the standing with its notice in one transaction,
 * then what the host loses by it, then the log. What evidence is worth, {@link HostJudge} says.
 */
record SimulatedHosts(EventStore store, SteppedLog log, SimulatedBarring barring, SimulatedTrust trust, Oracle oracle) {
    private static final Duration LIFETIME = Duration.ofMinutes(12);

    /** Goes on with what the last process may not have finished. */
    void resume(Instant now) throws IOException {
        for (Optional<KeptNotice> next = store.hosts().unlogged();
                next.isPresent();
                next = store.hosts().unlogged()) {
            enter(next.get());
        }
        for (Standing standing : store.hosts().all()) {
            if (standing.state() == HostState.LOST) {
                barring.bar(standing.builder(), loss(standing), now);
            }
        }
    }

    private TakenOff loss(Standing lost) {
        Optional<Sha256> notice = store.hosts()
                .newest(lost.builder())
                .map(kept -> kept.notice().notice().digest());
        return new TakenOff("UNATTESTED, " + lost.reason(), notice);
    }

    boolean isLost(BuilderId builder) {
        return store.hosts()
                .standing(builder)
                .filter(s -> s.state() == HostState.LOST)
                .isPresent();
    }

    boolean isAdmitted(BuilderId builder, Instant now) {
        return store.hosts()
                .standing(builder)
                .filter(s -> s.isAdmitted(now))
                .flatMap(Standing::host)
                .filter(host -> judge(now).objection(builder, host).isEmpty())
                .isPresent();
    }

    boolean stands(BuilderId builder, Optional<Sha256> certificate, Instant now) {
        return certificate.isPresent()
                && isAdmitted(builder, now)
                && store.hosts()
                        .standing(builder)
                        .flatMap(Standing::certificate)
                        .equals(certificate);
    }

    HostJudge judge(Instant now) {
        return new HostJudge(trust.current(), now);
    }

    /** Admits a host that has shown itself; answers the certificate, and until when it is one. */
    Standing admit(TrustedBuilder builder, Judgement.Accepted good, HostNotice.Shown shown, Instant now)
            throws IOException {
        Sha256 evidence = shown.envelope().digest();
        Sha256 certificate = Sha256.of(evidence.hex() + now);
        Instant until = now.plus(LIFETIME);
        Optional<Standing> same =
                store.hosts().standing(builder.id()).filter(s -> s.state() == HostState.ADMITTED && isSame(s, good));
        if (same.isPresent()) {
            Standing renewed = same.get().renewed(evidence, certificate, until);
            store.transact(() -> store.hosts().renew(renewed));
            return renewed;
        }
        var next = new Standing(
                builder.id(),
                HostState.ADMITTED,
                Optional.of(good.host()),
                good.boot().toString(),
                "",
                evidence,
                Optional.of(certificate),
                until,
                now);
        KeptNotice notice = change(next, builder, Optional.of(shown));
        barring.takeBack(builder.id(), now);
        enter(notice);
        return next;
    }

    private static boolean isSame(Standing standing, Judgement.Accepted good) {
        return standing.host().equals(Optional.of(good.host()))
                && standing.boot().equals(good.boot().toString());
    }

    /** Notes that evidence was refused, if that says something of the host's state. */
    void refuse(
            HostEvidence said, Judgement.Refused why, Sha256 evidence, Optional<HostNotice.Shown> shown, Instant now)
            throws IOException {
        Optional<TrustedBuilder> builder = trust.current().builder(said.builder());
        if (why.reason().isOfState() && builder.isPresent() && !isLost(said.builder())) {
            Optional<HostId> host = judge(now).claimed(said).map(TrustedHost::id);
            lose(builder.get(), host, why, evidence, shown, now);
        }
    }

    private void lose(
            TrustedBuilder builder,
            Optional<HostId> host,
            Judgement.Refused why,
            Sha256 evidence,
            Optional<HostNotice.Shown> shown,
            Instant now)
            throws IOException {
        Standing next = without(builder.id(), HostState.LOST, host, Printable.of(why.toString()), evidence, now);
        KeptNotice notice = change(next, builder, shown);
        barring.bar(builder.id(), loss(next), now);
        enter(notice);
    }

    private static Standing without(
            BuilderId builder, HostState state, Optional<HostId> host, String reason, Sha256 evidence, Instant now) {
        return new Standing(builder, state, host, "", reason, evidence, Optional.empty(), now, now);
    }

    /** Marks the hosts that the trust root in force no longer lets be their builders'. */
    void recheck(Instant now) throws IOException {
        for (Standing standing : store.hosts().all()) {
            Optional<TrustedBuilder> builder = trust.current().builder(standing.builder());
            Optional<Judgement.Refused> objection =
                    standing.host().flatMap(host -> judge(now).objection(standing.builder(), host));
            if (standing.state() != HostState.LOST && builder.isPresent() && objection.isPresent()) {
                lose(builder.get(), standing.host(), objection.get(), shown(standing), Optional.empty(), now);
            }
        }
    }

    private Sha256 shown(Standing standing) {
        Envelope newest =
                store.hosts().newest(standing.builder()).orElseThrow().notice().notice();
        try {
            return HostChange.parse(oracle.verified(newest, Cast.CERTIFIER_KEY.publicKey())
                            .orElseThrow())
                    .evidence();
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether good evidence of a round is of another boot than the one admitted; its certificate is void then. */
    boolean isOfAnotherBoot(BuilderId id, Judgement.Accepted good, Sha256 evidence, Instant now) throws IOException {
        Optional<Standing> before = store.hosts().standing(id).filter(s -> s.state() != HostState.LOST);
        if (before.isEmpty() || isSame(before.get(), good)) {
            return false;
        }
        if (before.get().state() == HostState.ADMITTED) {
            Standing next = without(id, HostState.RESTARTED, before.get().host(), "BOOT_CHANGED", evidence, now);
            KeptNotice notice = change(next, trust.current().builder(id).orElseThrow(), Optional.empty());
            barring.takeBack(id, now);
            enter(notice);
        }
        return true;
    }

    private KeptNotice change(Standing next, TrustedBuilder builder, Optional<HostNotice.Shown> shown)
            throws IOException {
        var change = new HostChange(
                builder.id(),
                builder.operator(),
                builder.zone(),
                next.host(),
                next.state(),
                next.reason(),
                next.at(),
                next.evidence());
        var notice = new HostNotice(Cast.sign(change.statement(), Cast.CERTIFIER_KEY), shown);
        store.transact(() -> store.hosts().change(next, notice));
        oracle.hosts().stands(next, trust.current());
        return store.hosts().newest(builder.id()).orElseThrow();
    }

    /** The evidence first: what a notice names is in the log before it. */
    private void enter(KeptNotice kept) throws IOException {
        if (kept.notice().evidence().isPresent()) {
            HostNotice.Shown shown = kept.notice().evidence().get();
            log.append(SimulatedTrust.leaf(shown.envelope(), shown.key()));
        }
        long index = log.append(SimulatedTrust.leaf(kept.notice().notice(), Cast.CERTIFIER_KEY.publicKey()));
        store.transact(() -> store.hosts().logged(kept, index));
    }

    /** Makes sure that the log has every notice that a round's kit explains with. */
    void enter(RoundState round) throws IOException {
        for (Assignment part : round.assignments().values()) {
            Optional<KeptNotice> named = part.takenOff()
                    .flatMap(TakenOff::notice)
                    .flatMap(digest -> store.hosts().notice(part.builder(), digest))
                    .filter(kept -> kept.index().isEmpty());
            if (named.isPresent()) {
                enter(named.get());
            }
        }
    }

    /** Takes the builders off a new round whose hosts are known to be in another state than the trust root allows. */
    void barLost(RoundId round, RoundState state, Instant now) throws IOException {
        for (BuilderId builder : state.assignments().keySet()) {
            if (barring.isGated() && isLost(builder)) {
                barring.bar(round, builder, loss(store.hosts().standing(builder).orElseThrow()), now);
            }
        }
    }
}
