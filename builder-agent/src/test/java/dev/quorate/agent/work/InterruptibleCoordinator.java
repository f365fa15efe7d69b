package dev.quorate.agent.work;

import dev.quorate.agent.protocol.Assignment;
import dev.quorate.agent.protocol.Coordinator;
import dev.quorate.agent.protocol.CoordinatorException;
import dev.quorate.agent.protocol.Lease;
import dev.quorate.agent.protocol.Reveal;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.log.LogIndex;
import dev.quorate.round.RoundId;
import dev.quorate.spec.Platform;
import java.time.Duration;
import java.util.Optional;

/** Notices interrupts as a network does: at the next exchange. */
record InterruptibleCoordinator(Coordinator inner) implements Coordinator {
    private interface Exchange<T> {
        T run() throws CoordinatorException, InterruptedException;
    }

    private static <T> T exchange(Exchange<T> exchange) throws CoordinatorException, InterruptedException {
        T answer = exchange.run();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return answer;
    }

    @Override
    public Optional<Assignment> lease(Platform platform, Duration wait)
            throws CoordinatorException, InterruptedException {
        return exchange(() -> inner.lease(platform, wait));
    }

    @Override
    public Duration heartbeat(Lease lease) throws CoordinatorException, InterruptedException {
        return exchange(() -> inner.heartbeat(lease));
    }

    @Override
    public LogIndex attest(Lease lease, P256Key key, Envelope evidence)
            throws CoordinatorException, InterruptedException {
        return exchange(() -> inner.attest(lease, key, evidence));
    }

    @Override
    public LogIndex commit(Lease lease, Envelope commitment) throws CoordinatorException, InterruptedException {
        return exchange(() -> inner.commit(lease, commitment));
    }

    @Override
    public Optional<Reveal> reveal(Lease lease, Duration wait) throws CoordinatorException, InterruptedException {
        return exchange(() -> inner.reveal(lease, wait));
    }

    @Override
    public LogIndex prove(Lease lease, Envelope proof) throws CoordinatorException, InterruptedException {
        return exchange(() -> inner.prove(lease, proof));
    }

    @Override
    public void handBack(Lease lease) throws CoordinatorException, InterruptedException {
        inner.handBack(lease);
    }

    @Override
    public boolean isOver(RoundId round) throws CoordinatorException, InterruptedException {
        return exchange(() -> inner.isOver(round));
    }
}
