package dev.quorate.identity;

import dev.quorate.dsse.P256Key;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.TimedKey;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import java.util.List;
import java.util.Optional;

/** A key of a builder that has a voucher, or is to have one. */
public record VouchedKey(BuilderId builder, P256Key key, VoucherJudgement judgement) {
    /** All of a trust root's, in its order. */
    public static List<VouchedKey> of(TrustRoot trust, VoucherJudge judge) {
        return trust.builders().stream()
                .flatMap(builder -> builder.keys().stream()
                        .flatMap(timed -> judged(trust, builder, timed, judge).stream()
                                .map(judgement -> new VouchedKey(builder.id(), timed.key(), judgement))))
                .toList();
    }

    /** What one key's voucher is worth; empty if it has none and is to have none. */
    public static Optional<VoucherJudgement> judged(TrustRoot trust, P256Key key, VoucherJudge judge) {
        return trust.builderWith(key)
                .flatMap(builder -> builder.key(key).flatMap(timed -> judged(trust, builder, timed, judge)));
    }

    private static Optional<VoucherJudgement> judged(
            TrustRoot trust, TrustedBuilder builder, TimedKey timed, VoucherJudge judge) {
        if (timed.voucher().isPresent()) {
            return timed.voucher().map(voucher -> judge.judge(trust, builder, timed.key(), voucher));
        }
        return builder.identities().isEmpty()
                ? Optional.empty()
                : Optional.of(new VoucherJudgement.Refused(IdentityRefusal.VOUCHER_MISSING));
    }
}
