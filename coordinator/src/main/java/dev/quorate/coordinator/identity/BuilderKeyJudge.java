package dev.quorate.coordinator.identity;

import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.identity.BuilderKey;
import dev.quorate.identity.IdentityRefusal;
import dev.quorate.identity.VoucherJudge;
import dev.quorate.identity.VoucherJudgement;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.trust.Identity;
import dev.quorate.trust.KeyVoucher;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Judges that a key is a builder's, by the identities of the builder that counted when the voucher was signed. */
public final class BuilderKeyJudge implements VoucherJudge {
    @Override
    public VoucherJudgement judge(TrustRoot trust, TrustedBuilder builder, P256Key key, KeyVoucher voucher) {
        KeylessBundle bundle;
        try {
            bundle = KeylessBundle.parse(voucher.bundle().bytes(), "voucher");
        } catch (MalformedException e) {
            return new VoucherJudgement.Refused(IdentityRefusal.BUNDLE_MALFORMED);
        }
        List<Instant> times = bundle.times();
        List<Identity> counting = builder.identities().stream()
                .filter(identity -> times.stream().allMatch(identity::isValidAt))
                .toList();
        return switch (IdentityJudge.judge(bundle, trust, counting, IdentityRefusal.IDENTITY_NOT_BUILDERS)) {
            case Judged.Refused(IdentityRefusal why) -> new VoucherJudgement.Refused(why);
            case Judged.Good good ->
                says(good.payload(), new BuilderKey(builder.id(), key))
                        ? new VoucherJudgement.Good(
                                good.identity(),
                                times.stream().min(Comparator.naturalOrder()).orElseThrow())
                        : new VoucherJudgement.Refused(IdentityRefusal.STATEMENT_OTHER);
        };
    }

    /** Nothing but that, in whatever order and with whatever white space. */
    private static boolean says(VerifiedPayload payload, BuilderKey wanted) {
        try {
            byte[] bytes = payload.bytes();
            byte[] canonical = CanonicalJson.bytes(JsonReader.read(bytes, bytes.length, "payload"));
            return Arrays.equals(canonical, wanted.statement().bytes());
        } catch (MalformedException e) {
            return false;
        }
    }
}
