package dev.quorate.time;

import dev.quorate.trust.TimeAuthority;
import java.time.Instant;

/** What came of looking at a token. */
public sealed interface TokenCheck {
    /**
     * The authority saw the signature, at a time that it can vouch for.
     *
     * @param time the token's {@code genTime}, cut to milliseconds
     */
    record Stamped(TimeAuthority authority, Instant time) implements TokenCheck {}

    /** The authority saw the signature, at a time that the trust root does not take its word for. */
    record OutOfTime(TimeAuthority authority, Instant time) implements TokenCheck {}

    /** Its signer is no authority that was asked about; nothing more is known of it. */
    record Unknown() implements TokenCheck {}

    /**
     * It has not its form, or claims to be an authority's and is not good.
     *
     * @param detail goes on after "a time-stamping token"
     */
    record Refused(TokenRefusal reason, String detail) implements TokenCheck {}
}
