package dev.quorate.agent.work;

import dev.quorate.agent.protocol.LeaseLostException;
import dev.quorate.agent.protocol.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Asks the coordinator for what is not there yet, and lets it wait. */
record LongPoll(Patience patience, InstantSource clock) {
    /** How long the coordinator is asked to wait. */
    static final Duration WAIT = Duration.ofSeconds(30);

    private static final Duration TOO_SOON = Duration.ofSeconds(1);

    <T> Optional<T> ask(Patience.Request<Optional<T>> request)
            throws LeaseLostException, RefusedException, InterruptedException {
        Instant asked = clock.instant();
        Optional<T> answer = patience.insist(request);
        // A coordinator that does not wait, while it drains for example, must not be asked in a tight loop.
        if (answer.isEmpty() && Duration.between(asked, clock.instant()).compareTo(TOO_SOON) < 0) {
            patience.pause().take(patience.backoff().after(1));
        }
        return answer;
    }
}
