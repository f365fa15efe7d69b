package dev.quorate.coordinator.time;

import dev.quorate.json.Printable;
import dev.quorate.time.TokenCheck;
import dev.quorate.time.TokenRefusal;
import dev.quorate.time.TokenRefusedException;
import dev.quorate.time.TokenRequest;
import dev.quorate.time.TokenVerifier;
import dev.quorate.trust.TimeAuthority;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What an authority is asked about one signature, and whether its answer is kept, whoever carries them. */
public final class StampTalk {
    /** As far as a verifier lets a clock run ahead. */
    private static final Duration SKEW = Duration.ofMinutes(10);

    private final TokenRequest request;
    private final TokenVerifier verifier;
    private final InstantSource clock;

    /**
     * About one signature.
     *
     * @param nonce fresh, so that an earlier answer is none
     * @param authorities whose tokens count
     */
    public StampTalk(byte[] signature, BigInteger nonce, List<TimeAuthority> authorities, InstantSource clock) {
        this.request = TokenRequest.over(signature, nonce);
        this.verifier = new TokenVerifier(signature, authorities);
        this.clock = clock;
    }

    /** What is to be sent, in DER. */
    public byte[] query() {
        return request.bytes();
    }

    /**
     * The token in an answer, in a kit's one spelling.
     *
     * @throws StampException if it is none that counts, or its time is not about now
     */
    public byte[] token(byte[] answer) throws StampException {
        byte[] token;
        try {
            token = request.answer(answer);
        } catch (TokenRefusedException e) {
            throw new StampException(Printable.of(String.valueOf(e.getMessage())), e);
        }
        requireGood(verifier.check(token));
        return token;
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
}
