package dev.quorate.identity;

import dev.quorate.trust.Identity;
import java.time.Instant;

/** What the voucher of a key is worth. */
public sealed interface VoucherJudgement {
    /**
     * The key is the builder's, on the word of that identity.
     *
     * @param time when it was signed, by the earliest word of a log or time-stamping authority
     */
    record Good(Identity identity, Instant time) implements VoucherJudgement {}

    /** It is nobody's word. */
    record Refused(IdentityRefusal refusal) implements VoucherJudgement {
        @Override
        public String toString() {
            return refusal + ": " + refusal.sentence();
        }
    }
}
