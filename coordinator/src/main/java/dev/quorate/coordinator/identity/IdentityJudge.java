package dev.quorate.coordinator.identity;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.identity.IdentityRefusal;
import dev.quorate.intoto.Statement;
import dev.quorate.json.MalformedException;
import dev.quorate.trust.Identity;
import dev.quorate.trust.SigstoreRoot;
import dev.quorate.trust.TrustRoot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Says whose word a keyless bundle is, by a trust root. */
public final class IdentityJudge {
    private IdentityJudge() {}

    /**
     * Judges a maintainer's bundle as of an instant.
     *
     * @param now at which the identity must count
     */
    public static Judged judge(KeylessBundle bundle, TrustRoot trust, Instant now) {
        List<Identity> maintainers = trust.maintainers().stream()
                .flatMap(maintainer -> maintainer.identities().stream())
                .filter(identity -> identity.isValidAt(now))
                .toList();
        return judge(bundle, trust, maintainers, IdentityRefusal.IDENTITY_NOT_NAMED);
    }

    /**
     * Judges which of some identities' word a bundle is. What costs little comes first, so that strangers cause no more
     * than that.
     *
     * @param stranger the refusal where none of them has the certificate's subject
     */
    static Judged judge(KeylessBundle bundle, TrustRoot trust, List<Identity> identities, IdentityRefusal stranger) {
        try {
            LeafCertificate leaf = LeafCertificate.of(bundle.certificate());
            List<Identity> named = named(leaf, identities, stranger);
            VerifiedPayload payload = signed(bundle, leaf);
            List<Instant> times = bundle.times();
            if (times.isEmpty()) {
                throw new UnfitException(IdentityRefusal.TIME_MISSING);
            }
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

    private static List<Identity> named(LeafCertificate leaf, List<Identity> identities, IdentityRefusal stranger)
            throws UnfitException {
        List<Identity> subjects = identities.stream()
                .filter(identity -> identity.subject().equals(leaf.subject()))
                .toList();
        if (subjects.isEmpty()) {
            throw new UnfitException(stranger);
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
