package dev.quorate.cli.audit;

import dev.quorate.dsse.P256Key;
import dev.quorate.host.HostRefusal;
import dev.quorate.host.SealJudge;
import dev.quorate.host.SealJudgement;
import dev.quorate.identity.VouchedKey;
import dev.quorate.identity.VoucherJudge;
import dev.quorate.trust.TrustRoot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The user's trust root and those that the kits brought. Of a key the newest speaks that names it. */
final class Versions {
    private final List<TrustRoot> all = new ArrayList<>();
    private final VoucherJudge judge = VoucherJudge.present();
    private final Map<P256Key, Vouched> vouched = new HashMap<>();

    Versions(TrustRoot own) {
        all.add(own);
    }

    void add(TrustRoot newer) {
        all.add(newer);
    }

    Optional<Party> party(P256Key key) {
        return newest(version -> Party.of(version, key).isPresent()).flatMap(version -> Party.of(version, key));
    }

    /** The host that a certifier's or root key is sealed to; what any version revokes is revoked. */
    Optional<Machine> sealed(P256Key key, Instant time) {
        return newest(version -> Party.of(version, key).isPresent())
                .flatMap(version -> new SealJudge(version, time).judge(key))
                .map(judgement ->
                        isRevoked(judgement, time) ? Machine.refused(HostRefusal.HOST_REVOKED) : Machine.of(judgement));
    }

    private boolean isRevoked(SealJudgement judgement, Instant time) {
        return judgement instanceof SealJudgement.Sealed sealed
                && all.stream().anyMatch(version -> version.isRevoked(sealed.host(), time));
    }

    /** Who vouches for a builder's key. */
    Vouched vouched(P256Key key) {
        return vouched.computeIfAbsent(
                key,
                asked -> newest(version -> version.builderWith(asked).isPresent())
                        .flatMap(version -> VouchedKey.judged(version, asked, judge))
                        .map(Vouched::of)
                        .orElse(Vouched.NONE));
    }

    private Optional<TrustRoot> newest(Predicate<TrustRoot> names) {
        return all.reversed().stream().filter(names).findFirst();
    }
}
