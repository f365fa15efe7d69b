package dev.quorate.coordinator.time;

import dev.quorate.json.Printable;
import dev.quorate.time.TokenCheck;
import dev.quorate.time.TokenRefusal;
import dev.quorate.time.TokenRefusedException;
import dev.quorate.time.TokenRequest;
import dev.quorate.time.TokenVerifier;
import dev.quorate.trust.TimeAuthority;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Asks one server for tokens, and looks at what it answers as a user would. */
public final class TimeAuthorityClient implements AutoCloseable {
    private static final int MAX_ANSWER_BYTES = 64 * 1024;
    private static final int NONCE_BITS = 64;
    private static final int OK = 200;

    /** As far as a verifier lets a clock run ahead. */
    private static final Duration SKEW = Duration.ofMinutes(10);

    private final URI url;
    private final List<TimeAuthority> authorities;
    private final Clock clock;
    private final Duration timeout;
    private final HttpClient http;
    private final SecureRandom random = new SecureRandom();

    /**
     * A client of one server.
     *
     * @param authorities whose tokens count
     * @param timeout for one request
     */
    public TimeAuthorityClient(URI url, List<TimeAuthority> authorities, Clock clock, Duration timeout) {
        this.url = url;
        this.authorities = List.copyOf(authorities);
        this.clock = clock;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * A token over a signature, in a kit's one spelling.
     *
     * @throws StampException if the server gave none that counts
     */
    public byte[] stamp(byte[] signature) throws StampException, InterruptedException {
        TokenRequest request = TokenRequest.over(signature, new BigInteger(NONCE_BITS, random));
        byte[] token;
        try {
            token = request.answer(post(request.bytes()));
        } catch (TokenRefusedException e) {
            throw new StampException(Printable.of(String.valueOf(e.getMessage())), e);
        }
        requireGood(new TokenVerifier(signature, authorities).check(token));
        return token;
    }

    private byte[] post(byte[] query) throws StampException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Content-Type", TokenRequest.MEDIA_TYPE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(query))
                .build();
        try {
            HttpResponse<byte[]> response = http.send(
                    request,
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
            if (response.statusCode() != OK) {
                throw new StampException("it answered with HTTP status " + response.statusCode());
            }
            return response.body();
        } catch (IOException e) {
            throw new StampException("it cannot be reached: " + Printable.of(String.valueOf(e.getMessage())), e);
        }
    }

    private void requireGood(TokenCheck check) throws StampException {
        switch (check) {
            case TokenCheck.Stamped(TimeAuthority authority, Instant time) -> {
                Instant now = clock.instant();
                if (Duration.between(now, time).abs().compareTo(SKEW) > 0) {
                    throw new StampException(
                            authority.id() + " says that it is " + time + ", and this machine that it is " + now);
                }
            }
            case TokenCheck.OutOfTime(TimeAuthority authority, Instant time) ->
                throw new StampException("the trust root does not take " + authority.id() + "'s word for " + time);
            case TokenCheck.Unknown() ->
                throw new StampException("its token is of no time authority that the trust root names");
            case TokenCheck.Refused(TokenRefusal reason, String detail) ->
                throw new StampException("its token " + detail);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
