package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.round.Due;
import dev.quorate.coordinator.round.Filed;
import dev.quorate.coordinator.round.Finding;
import dev.quorate.coordinator.round.RoundState;
import dev.quorate.dsse.P256Key;
import dev.quorate.tally.Tally;
import dev.quorate.tally.Verdict;
import dev.quorate.trust.TrustRoot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a later trust root leaves of a round that was counted. A pure function: the desk and the simulator use the same.
 *
 * @param after the verdict that holds from then on
 */
public record Reappraisal(Finding standing, Verdict after) {
    /**
     * Decides.
     *
     * @param trust the later trust root
     * @param tally the count as of the instant of the last one, under that trust root
     * @param certifiers who signed the round's opening and its newest certificate
     * @param follows whether the newest certificate, or the one that is due, is what follows from the tally
     */
    public static Reappraisal of(
            RoundState state, TrustRoot trust, Tally tally, List<P256Key> certifiers, boolean follows) {
        if (isVoid(state, trust, certifiers)) {
            Verdict left = state.verdict() == Verdict.CERTIFIED ? Verdict.INSUFFICIENT : state.verdict();
            return new Reappraisal(Finding.VOID, left);
        }
        boolean stands = follows && tally.verdict() == state.verdict();
        return new Reappraisal(stands ? Finding.STANDS : Finding.RECOUNTED, tally.verdict());
    }

    /**
     * Whether the certificate, or a key that opened or certified the round, did not count when it was counted. One that is
     * due is signed by whoever may sign now, but never in place of one that was revoked.
     */
    private static boolean isVoid(RoundState state, TrustRoot trust, List<P256Key> certifiers) {
        Optional<Filed> certificate = state.certificate();
        return certificate.isPresent()
                && (trust.isRevokedCertificate(certificate.get().envelope())
                        || state.due() != Due.CERTIFY
                                && certifiers.stream().anyMatch(key -> !isCertifiers(trust, key, state.deadline())));
    }

    private static boolean isCertifiers(TrustRoot trust, P256Key key, Instant time) {
        return trust.certifierWith(key)
                        .flatMap(certifier -> certifier.key(key))
                        .filter(timed -> timed.isValidAt(time))
                        .isPresent()
                && !trust.isRevoked(key, time);
    }
}
