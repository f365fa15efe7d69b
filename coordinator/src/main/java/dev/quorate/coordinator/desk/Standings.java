package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.round.TakenOff;
import dev.quorate.coordinator.store.KeptNotice;
import dev.quorate.coordinator.store.Standing;
import dev.quorate.coordinator.store.StandingStore;
import dev.quorate.digest.Sha256;
import dev.quorate.host.HostJudge;
import dev.quorate.host.HostReadiness;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.HostId;
import dev.quorate.trust.TrustedBuilder;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** In what standing the builders' hosts are now. Only {@link Hosts} changes it. Safe for many threads. */
public final class Standings {
    private static final Logger LOG = LoggerFactory.getLogger(Standings.class);

    private final Signers signers;
    private final StandingStore store;
    private final Clock clock;
    private final Map<BuilderId, Standing> standings = new ConcurrentHashMap<>();
    /** The notice of the change that led to a standing. */
    private final Map<BuilderId, Sha256> notices = new ConcurrentHashMap<>();

    Standings(Signers signers, StandingStore store, Clock clock) {
        this.signers = signers;
        this.store = store;
        this.clock = clock;
        store.all().forEach(this::put);
    }

    /** A builder's, if its host ever showed itself. */
    public Optional<Standing> of(BuilderId builder) {
        return Optional.ofNullable(standings.get(builder));
    }

    List<Standing> all() {
        return List.copyOf(standings.values());
    }

    /** Where the log has the notices of the builders' newest changes. */
    public Map<BuilderId, Long> indices() {
        return store.indices();
    }

    /** Whether it was its host that a builder lost its standing for. */
    boolean isLost(BuilderId builder) {
        return of(builder).filter(Standing::isLost).isPresent();
    }

    /** Whether a certificate is the newest of a builder's host and counts now. */
    public boolean holds(BuilderId builder, Sha256 certificate) {
        return isAdmitted(builder) && of(builder).flatMap(Standing::certificate).equals(Optional.of(certificate));
    }

    /** Whether a builder's host has shown itself, and not too long ago. */
    public boolean isAdmitted(BuilderId builder) {
        Instant now = clock.instant();
        return of(builder)
                .filter(s -> s.isAdmitted(now))
                .flatMap(Standing::host)
                .filter(host -> judge(now).objection(builder, host).isEmpty())
                .isPresent();
    }

    /** What becomes of a builder of the trust root in the next round that asks for attested hosts. */
    public HostReadiness readiness(TrustedBuilder builder) {
        Optional<Standing> shown = of(builder.id());
        if (shown.isEmpty()) {
            return builder.hosts().isEmpty() ? HostReadiness.NONE : HostReadiness.UNSEEN;
        }
        return switch (shown.get().state()) {
            case ADMITTED -> isAdmitted(builder.id()) ? HostReadiness.ADMITTED : HostReadiness.EXPIRED;
            case RESTARTED -> HostReadiness.RESTARTED;
            case LOST -> HostReadiness.LOST;
        };
    }

    /** Judges under the trust root in force. */
    HostJudge judge(Instant now) {
        return new HostJudge(signers.trust(), now);
    }

    /** What a builder is told, and what a round keeps, of the loss of its host. */
    TakenOff loss(Standing lost) {
        return new TakenOff(
                Barring.unattested(lost.reason()).reason(), Optional.ofNullable(notices.get(lost.builder())));
    }

    /** Looks up what led to a standing of before this process. */
    void recall(BuilderId builder) throws IOException {
        store.newest(builder).ifPresent(kept -> notices.put(builder, digest(kept)));
    }

    /** Takes a standing that is kept, and nothing else has changed with. */
    void put(Standing standing) {
        standings.put(standing.builder(), standing);
    }

    /** Takes a change that is kept. */
    void changed(Standing next, KeptNotice notice) {
        notices.put(next.builder(), digest(notice));
        put(next);
        LOG.info(
                "host changed builder={} standing={} host={} reason=\"{}\"",
                next.builder(),
                next.state(),
                next.host().map(HostId::toString).orElse("unknown"),
                next.reason());
    }

    private static Sha256 digest(KeptNotice kept) {
        return kept.notice().notice().digest();
    }
}
