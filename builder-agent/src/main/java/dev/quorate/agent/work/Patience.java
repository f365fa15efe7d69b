package dev.quorate.agent.work;

import dev.quorate.agent.protocol.CoordinatorException;
import dev.quorate.agent.protocol.LeaseLostException;
import dev.quorate.agent.protocol.RefusedException;
import dev.quorate.agent.protocol.UnreachableException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks again while the coordinator cannot be reached. */
public record Patience(Pause pause, Backoff backoff) {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

    /** Something asked of the coordinator. */
    public interface Request<T> {
        /** Asks once. */
        T send() throws CoordinatorException, InterruptedException;
    }

    /** Something asked of the coordinator that has no answer. */
    public interface Command {
        /** Asks once. */
        void send() throws CoordinatorException, InterruptedException;
    }

    /** Asks until there is an answer, good or bad. */
    <T> T insist(Request<T> request) throws LeaseLostException, RefusedException, InterruptedException {
        int failures = 0;
        while (true) {
            try {
                T answer = request.send();
                if (failures > 0) {
                    LOG.info("request succeeded attempts={}", failures + 1);
                }
                return answer;
            } catch (UnreachableException e) {
                failures++;
                Duration wait = backoff.after(failures);
                LOG.warn("request to be repeated attempt={} wait={} reason={}", failures, wait, e.getMessage());
                pause.take(wait);
            } catch (LeaseLostException | RefusedException e) {
                throw e;
            } catch (CoordinatorException e) {
                throw new IllegalStateException("a sealed class has no other case", e);
            }
        }
    }

    /** Asks until it is done. */
    void insistOn(Command command) throws LeaseLostException, RefusedException, InterruptedException {
        insist(() -> {
            command.send();
            return true;
        });
    }

    /** Asks so often at most. */
    <T> T insist(int attempts, Request<T> request) throws CoordinatorException, InterruptedException {
        for (int failures = 1; failures < attempts; failures++) {
            try {
                return request.send();
            } catch (UnreachableException e) {
                LOG.debug("request to be repeated attempt={} reason={}", failures, e.getMessage());
                pause.take(backoff.after(failures));
            }
        }
        return request.send();
    }
}
