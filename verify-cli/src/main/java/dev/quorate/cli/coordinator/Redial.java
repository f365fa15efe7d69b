package dev.quorate.cli.coordinator;

import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.List;

/**
 * Tries again where no connection came about in time, as on a machine that is very busy, and only there: nothing has
 * been sent by then, so that asking again is never asking twice. Whoever refuses the connection has answered.
 */
record Redial(Pause pause) {
    /** How long a connection may take, TLS included. */
    static final Duration CONNECT = Duration.ofSeconds(20);

    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(1), Duration.ofSeconds(3));

    /** In all: 64 s. */
    static final int MOST_TRIES = PAUSES.size() + 1;

    /** Lets time go by. */
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    /** Something that needs a connection. */
    interface Call<T> {
        T answer() throws IOException, InterruptedException;
    }

    /**
     * The call's answer.
     *
     * @throws HttpConnectTimeoutException if no try had a connection
     */
    <T> T until(Call<T> call) throws IOException, InterruptedException {
        for (Duration wait : PAUSES) {
            try {
                return call.answer();
            } catch (HttpConnectTimeoutException e) {
                pause.of(wait);
            }
        }
        return call.answer();
    }
}
