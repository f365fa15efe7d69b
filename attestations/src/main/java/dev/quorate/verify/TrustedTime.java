package dev.quorate.verify;

import dev.quorate.certificate.Certificate;
import dev.quorate.policy.Policy;
import dev.quorate.tally.Logged;
import dev.quorate.time.TokenCheck;
import dev.quorate.time.TokenRefusal;
import dev.quorate.time.TokenVerifier;
import dev.quorate.trust.TrustRoot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The instant at which keys and freshness are judged.
 *
 * @param source who vouches for it: {@code witnesses}, {@code time-authority}, {@code certifier}, or
 *     {@code clock}, the one here, where there is no certificate
 * @param note what a reader should know of that word, if anything
 */
record TrustedTime(Instant instant, String source, Optional<String> note) {
    private static final Optional<String> CERTIFIERS_WORD =
            Optional.of("the policy asks for no witnesses, so the time is the certifier's word");
    private static final Optional<String> OWN_CLOCK =
            Optional.of("there is no certificate, so the time is that of the clock here");

    static TrustedTime of(Policy policy, TrustRoot trust, Lines lines, Statements statements, Instant now)
            throws RefusedException {
        Optional<Instant> witnessed =
                lines.checkpoint().timeOf(policy.witnesses()).map(TrustedTime::instant);
        if (witnessed.isPresent()) {
            return new TrustedTime(witnessed.get(), "witnesses", Optional.empty());
        } else if (statements.certificate().isEmpty()) {
            return new TrustedTime(now, "clock", OWN_CLOCK);
        }
        Logged<Certificate> certificate = statements.certificate().get();
        if (trust.timeAuthorities().isEmpty()) {
            return new TrustedTime(certificate.value().time(), "certifier", CERTIFIERS_WORD);
        }
        return stamped(earliest(trust, line(lines, certificate)), certificate.value());
    }

    private static Line line(Lines lines, Logged<Certificate> certificate) {
        return lines.lines().stream()
                .filter(line -> line.digest().equals(certificate.digest()))
                .findFirst()
                .orElseThrow();
    }

    private static TokenCheck.Stamped earliest(TrustRoot trust, Line line) throws RefusedException {
        var verifier = new TokenVerifier(line.signature(), trust.timeAuthorities());
        List<TokenCheck.Stamped> good = new ArrayList<>();
        List<TokenCheck.OutOfTime> late = new ArrayList<>();
        for (byte[] token : line.timestamps()) {
            switch (verifier.check(token)) {
                case TokenCheck.Unknown() -> {}
                case TokenCheck.Stamped stamped -> good.add(stamped);
                case TokenCheck.OutOfTime outOfTime -> late.add(outOfTime);
                case TokenCheck.Refused(TokenRefusal reason, String detail) ->
                    throw new RefusedException(
                            code(reason), "line " + line.number() + " of the kit: a time-stamping token " + detail);
            }
        }
        return good.stream().min(Comparator.comparing(TokenCheck.Stamped::time)).orElseThrow(() -> unstamped(late));
    }

    private static RefusalCode code(TokenRefusal reason) {
        return switch (reason) {
            case MALFORMED -> RefusalCode.TIME_TOKEN_MALFORMED;
            case OTHER_SUBJECT -> RefusalCode.TIME_TOKEN_MISMATCH;
            case NOT_SIGNED -> RefusalCode.TIME_TOKEN_INVALID;
        };
    }

    private static RefusedException unstamped(List<TokenCheck.OutOfTime> late) {
        return late.isEmpty()
                ? new RefusedException(
                        RefusalCode.TIME_TOKEN_MISSING,
                        "the policy asks for no witnesses, and no time authority of the trust root has stamped the"
                                + " certificate")
                : new RefusedException(
                        RefusalCode.TIME_AUTHORITY_NOT_VALID,
                        "the certificate was stamped at " + late.getFirst().time() + ", when "
                                + late.getFirst().authority().id() + " does not count");
    }

    private static TrustedTime stamped(TokenCheck.Stamped stamped, Certificate certificate) {
        String authority = stamped.authority().id();
        String note = authority.equals(certificate.certifier())
                ? "the time authority " + authority + " is the certifier itself, so the time is the certifier's word"
                : "the policy asks for no witnesses, so the time is the word of the time authority " + authority;
        return new TrustedTime(stamped.time(), "time-authority", Optional.of(note));
    }

    /** A witness signs 64 bits of seconds; what lies beyond every calendar is still in the future. */
    private static Instant instant(long seconds) {
        return Instant.ofEpochSecond(Math.min(seconds, Instant.MAX.getEpochSecond()));
    }
}
