package dev.quorate.coordinator.identity;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.intoto.Statement;
import dev.quorate.json.MalformedException;
import dev.quorate.trust.Identity;
import dev.quorate.trust.SigstoreRoot;
import dev.quorate.trust.TrustRoot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says whose word a keyless bundle is, by a trust root. */
public final class IdentityJudge {
    private IdentityJudge() {}

    /**
     * Judges a bundle as of an instant. What costs little comes first, so that strangers cause no more than that.
     *
     * @param now at which the identity must count
     */
    public static Judged judge(KeylessBundle bundle, TrustRoot trust, Instant now) {
        try {
            LeafCertificate leaf = LeafCertificate.of(bundle.certificate());
            List<Identity> named = named(leaf, trust, now);
            VerifiedPayload payload = signed(bundle, leaf);
            List<Instant> times = times(bundle);
            requireWithin(leaf, times);
            Optional<UnfitException> refused = Optional.empty();
            for (Identity identity : named) {
                try {
                    requireUnder(root(identity, trust), bundle, payload, times);
                    return new Judged.Good(identity, payload);
                } catch (UnfitException e) {
                    refused = refused.or(() -> Optional.of(e));
                }
            }
            throw refused.orElseThrow();
        } catch (UnfitException e) {
            return new Judged.Refused(e.refusal());
        }
    }

    private static List<Identity> named(LeafCertificate leaf, TrustRoot trust, Instant now) throws UnfitException {
        List<Identity> subjects = trust.maintainers().stream()
                .flatMap(maintainer -> maintainer.identities().stream())
                .filter(identity ->
                        identity.isValidAt(now) && identity.subject().equals(leaf.subject()))
                .toList();
        if (subjects.isEmpty()) {
            throw new UnfitException(IdentityRefusal.IDENTITY_NOT_NAMED);
        }
        List<Identity> named = subjects.stream()
                .filter(identity -> identity.issuer().equals(leaf.issuer()))
                .toList();
        if (named.isEmpty()) {
            throw new UnfitException(IdentityRefusal.ISSUER_OTHER);
        }
        return named;
    }

    private static VerifiedPayload signed(KeylessBundle bundle, LeafCertificate leaf) throws UnfitException {
        VerifiedPayload payload = bundle.envelope()
                .verify(leaf.key())
                .orElseThrow(() -> new UnfitException(IdentityRefusal.SIGNATURE_INVALID));
        byte[] bytes = payload.bytes();
        for (byte b : bytes) {
            if (b < 0) {
                throw new UnfitException(IdentityRefusal.PAYLOAD_NOT_ASCII);
            }
        }
        if (!bundle.entry().isAbout(Sha256.of(bytes), bundle.envelope().signature(), bundle.certificate())) {
            throw new UnfitException(IdentityRefusal.ENTRY_OTHER);
        }
        return payload;
    }

    /** Whatever says what the time was; all of it must be good. */
    private static List<Instant> times(KeylessBundle bundle) throws UnfitException {
        List<Instant> times = new ArrayList<>();
        bundle.entry().time().ifPresent(times::add);
        bundle.tokens().forEach(token -> times.add(token.time()));
        if (times.isEmpty()) {
            throw new UnfitException(IdentityRefusal.TIME_MISSING);
        }
        return times;
    }

    private static SigstoreRoot root(Identity identity, TrustRoot trust) throws UnfitException {
        return trust.sigstoreRoot(identity.root()).orElseThrow(() -> new UnfitException(IdentityRefusal.ROOT_UNUSABLE));
    }

    private static void requireUnder(
            SigstoreRoot root, KeylessBundle bundle, VerifiedPayload payload, List<Instant> times)
            throws UnfitException {
        Sha256 subject;
        try {
            subject = Statement.parse(payload, "payload").subjects().getFirst().sha256();
        } catch (MalformedException e) {
            throw new UnfitException(IdentityRefusal.UNJUDGEABLE, e);
        }
        SigstoreVerifier verifier = SigstoreVerifier.under(root);
        verifier.require(bundle, subject);
        for (Instant time : times) {
            verifier.requireLogValidAt(bundle.entry().logId(), time);
        }
    }

    private static void requireWithin(LeafCertificate leaf, List<Instant> times) throws UnfitException {
        for (Instant time : times) {
            if (!leaf.isValidAt(time)) {
                throw new UnfitException(IdentityRefusal.LOGGED_OUTSIDE_CERTIFICATE);
            }
        }
    }
}
