package dev.quorate.agent.work;

import dev.quorate.agent.fixture.TestRound;
import dev.quorate.agent.protocol.Assignment;
import dev.quorate.agent.protocol.Blobs;
import dev.quorate.agent.protocol.Coordinator;
import dev.quorate.agent.protocol.CoordinatorException;
import dev.quorate.agent.protocol.Lease;
import dev.quorate.agent.protocol.Reveal;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.log.LogIndex;
import dev.quorate.round.RoundId;
import dev.quorate.spec.Platform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A round behind a network and a machine that fail once. */
record FaultyRound(TestRound round, FaultPlan plan) implements Coordinator, Blobs {
    @Override
    public Optional<Assignment> lease(Platform platform, Duration wait)
            throws CoordinatorException, InterruptedException {
        return plan.meet(() -> round.lease(platform, wait));
    }

    @Override
    public Duration heartbeat(Lease lease) throws CoordinatorException {
        return round.heartbeat(lease);
    }

    @Override
    public LogIndex attest(Lease lease, P256Key key, Envelope evidence)
            throws CoordinatorException, InterruptedException {
        return plan.meet(() -> round.attest(lease, key, evidence));
    }

    @Override
    public LogIndex commit(Lease lease, Envelope commitment) throws CoordinatorException, InterruptedException {
        return plan.meet(() -> round.commit(lease, commitment));
    }

    @Override
    public Optional<Reveal> reveal(Lease lease, Duration wait) throws CoordinatorException, InterruptedException {
        return plan.meet(() -> round.reveal(lease, wait));
    }

    @Override
    public LogIndex prove(Lease lease, Envelope proof) throws CoordinatorException, InterruptedException {
        return plan.meet(() -> round.prove(lease, proof));
    }

    @Override
    public void handBack(Lease lease) throws CoordinatorException {
        round.handBack(lease);
    }

    @Override
    public boolean isOver(RoundId id) throws CoordinatorException, InterruptedException {
        return plan.meet(() -> round.isOver(id));
    }

    @Override
    public Optional<byte[]> read(Sha256 digest, long offset, int length)
            throws CoordinatorException, InterruptedException {
        return plan.meet(() -> round.read(digest, offset, length));
    }

    @Override
    public void store(Sha256 digest, Path file) throws CoordinatorException, InterruptedException {
        plan.meet(() -> {
            round.store(digest, file);
            return true;
        });
    }
}
