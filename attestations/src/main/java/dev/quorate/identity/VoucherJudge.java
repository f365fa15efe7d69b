package dev.quorate.identity;

import dev.quorate.dsse.P256Key;
import dev.quorate.trust.KeyVoucher;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import java.util.ServiceLoader;

/** Judges vouchers. It fetches nothing, and reads no clock: a voucher is judged as of when it was signed. */
public interface VoucherJudge {
    /**
     * Judges; whatever the voucher is, this answers.
     *
     * @param trust holds the Sigstore roots
     * @param builder whose identities may vouch
     */
    VoucherJudgement judge(TrustRoot trust, TrustedBuilder builder, P256Key key, KeyVoucher voucher);

    /** The one on the class path; without one, nothing is good. */
    static VoucherJudge present() {
        return ServiceLoader.load(VoucherJudge.class)
                .findFirst()
                .orElse((trust, builder, key, voucher) -> new VoucherJudgement.Refused(IdentityRefusal.JUDGE_MISSING));
    }
}
