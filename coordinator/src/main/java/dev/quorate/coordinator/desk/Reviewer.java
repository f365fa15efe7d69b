package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.round.Assignment;
import dev.quorate.coordinator.round.Outlook;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.coordinator.round.TakenOff;
import dev.quorate.coordinator.store.TrustStore;
import dev.quorate.round.RoundId;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.TrustRoot;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again, in the background, at everything that rests on an earlier trust root: open rounds lose builders that may
 * no longer speak, and every count that the change touches is counted again. Each step is written down by itself, and one
 * that was done is not done again, so that a crash in the middle costs nothing but time.
 */
final class Reviewer implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Reviewer.class);
    private static final int AGAIN_SECONDS = 5;

    private final TrustStore store;
    private final Signers signers;
    private final Rounds rounds;
    private final Counter counter;
    private final Prospects prospects;
    private final Notices notices;
    private final Bell bell;
    private final Executor executor;
    private final Clock clock;
    private final ReentrantLock one = new ReentrantLock();

    Reviewer(
            TrustStore store,
            Signers signers,
            Rounds rounds,
            Counter counter,
            Prospects prospects,
            Notices notices,
            Bell bell,
            Executor executor,
            Clock clock) {
        this.store = store;
        this.signers = signers;
        this.rounds = rounds;
        this.counter = counter;
        this.prospects = prospects;
        this.notices = notices;
        this.bell = bell;
        this.executor = executor;
        this.clock = clock;
    }

    @Override
    public void run() {
        executor.execute(this::work);
    }

    private void work() {
        one.lock();
        try {
            review();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RefusedException | RuntimeException e) {
            LOG.error("trust root not reviewed", e);
            if (!bell.isClosed()) {
                CompletableFuture.delayedExecutor(AGAIN_SECONDS, TimeUnit.SECONDS, executor)
                        .execute(this::work);
            }
        } finally {
            one.unlock();
        }
    }

    private void review() throws IOException, RefusedException, InterruptedException {
        List<TrustStore.Kept> versions = store.versions();
        TrustRoot after = versions.getLast().trust().trust();
        Optional<TrustRoot> before = versions.reversed().stream()
                .filter(TrustStore.Kept::reviewed)
                .map(kept -> kept.trust().trust())
                .findFirst();
        if (before.isEmpty() || before.get().equals(after)) {
            return;
        }
        var change = new TrustChange(before.get(), after);
        for (Revocation revocation : change.revoked()) {
            notices.revoked(after, revocation);
        }
        for (LiveRound round : rounds.open()) {
            bar(round, change);
        }
        for (RoundId id : rounds.store().counted()) {
            counter.review(rounds.get(id), change, notices);
        }
        store.reviewed(after.version());
        LOG.info("trust root reviewed version={}", after.version());
        bell.ring();
    }

    /** Takes the builders off a round that may no longer speak in it. */
    private void bar(LiveRound round, TrustChange change) {
        Instant now = clock.instant();
        Outlook outlook = prospects.of(round, Set.of(), now);
        for (Assignment part : List.copyOf(round.state().assignments().values())) {
            if (part.takenOff().isEmpty() && signers.usable(part.builder(), now).isEmpty()) {
                String reason = change.about(part.builder()).orElse("the trust root gives it no key that counts now");
                round.apply(new RoundEvent.Barred(now, part.builder(), TakenOff.because(reason), outlook));
            }
        }
    }
}
