package dev.quorate.cli.audit;

import dev.quorate.identity.IdentityRefusal;
import dev.quorate.identity.VoucherJudgement;

/**
 * On whose word a key is the builder's that the trust root gives it to.
 *
 * @param identity the identity's subject, {@code none} where only root key holders say so, {@code refused} where what
 *     they have from an identity is not good
 * @param state the identity's issuer and when it was signed, or why it was refused
 */
record Vouched(String identity, String state) {
    static final Vouched NONE = new Vouched("none", "none");

    static Vouched of(VoucherJudgement judgement) {
        return switch (judgement) {
            case VoucherJudgement.Good good ->
                new Vouched(good.identity().subject(), good.identity().issuer() + " at " + good.time());
            case VoucherJudgement.Refused(IdentityRefusal why) -> new Vouched("refused", why.name());
        };
    }

    boolean isThere() {
        return !equals(NONE);
    }
}
