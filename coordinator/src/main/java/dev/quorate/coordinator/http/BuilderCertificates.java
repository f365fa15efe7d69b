package dev.quorate.coordinator.http;

import dev.quorate.coordinator.desk.Asker;
import dev.quorate.coordinator.enrol.Admission;
import dev.quorate.dsse.P256Key;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.TimedKey;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * Says which builder holds a client certificate: it is within its validity, names the builder as its common name, and is
 * signed by a key of exactly that builder which counts now; or it is the newest that this coordinator issued to that
 * builder's host, which has lost nothing since. TLS itself has proven that the client holds its key.
 */
final class BuilderCertificates {
    private static final int REMEMBERED = 10_000;

    private final Supplier<TrustRoot> current;
    private final Admission admission;
    private final Clock clock;
    private final Map<X509Certificate, P256Key> issuers = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<X509Certificate, P256Key> eldest) {
            return size() > REMEMBERED;
        }
    });

    BuilderCertificates(Supplier<TrustRoot> current, Admission admission, Clock clock) {
        this.current = current;
        this.admission = admission;
        this.clock = clock;
    }

    Asker identify(List<? extends Certificate> chain) throws ProblemException {
        if (chain.isEmpty() || !(chain.getFirst() instanceof X509Certificate certificate)) {
            throw refused(401, "certificate-missing", "no client certificate was shown");
        }
        Instant now = clock.instant();
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            throw refused(
                    401, "certificate-not-yet-valid", "the client certificate is not valid yet; check the clocks");
        } else if (!now.isBefore(certificate.getNotAfter().toInstant())) {
            throw refused(401, "certificate-expired", "the client certificate has expired; restart the agent");
        }
        TrustRoot trust = current.get();
        TrustedBuilder builder = commonName(certificate)
                .flatMap(trust::builder)
                .orElseThrow(() -> refused(403, "builder-unknown", "the trust root has no builder of that name"));
        if (admission.issued(certificate)) {
            return ofHost(certificate, builder, trust, now);
        }
        TimedKey issuer = issuer(certificate, builder)
                .orElseThrow(() -> refused(
                        403, "key-unknown", "the client certificate is not signed by a key of the builder it names"));
        if (!issuer.isValidAt(now)) {
            throw refused(403, "key-not-valid", "the key behind the client certificate does not count at this time");
        } else if (trust.isRevoked(builder.id(), issuer.key(), now)) {
            throw refused(403, "builder-revoked", "the trust root revokes this builder or its key");
        }
        return new Asker(builder.id(), Optional.empty());
    }

    private Asker ofHost(X509Certificate certificate, TrustedBuilder builder, TrustRoot trust, Instant now)
            throws ProblemException {
        boolean counts = builder.keys().stream()
                .anyMatch(key -> key.isValidAt(now) && !trust.isRevoked(builder.id(), key.key(), now));
        if (!counts) {
            throw refused(403, "builder-revoked", "the trust root gives this builder no key that counts now");
        }
        return new Asker(
                builder.id(),
                Optional.of(admission
                        .standing(certificate, builder.id())
                        .orElseThrow(() -> refused(
                                401,
                                "certificate-void",
                                "the host has a newer certificate, was started again, or is in another state; it must"
                                        + " show itself anew"))));
    }

    private Optional<TimedKey> issuer(X509Certificate certificate, TrustedBuilder builder) {
        P256Key known = issuers.get(certificate);
        if (known != null) {
            // The builder may have lost it since.
            return builder.key(known);
        }
        Optional<TimedKey> found = builder.keys().stream()
                .filter(key -> isSignedBy(certificate, key))
                .findFirst();
        found.ifPresent(key -> issuers.put(certificate, key.key()));
        return found;
    }

    private static boolean isSignedBy(X509Certificate certificate, TimedKey key) {
        try {
            certificate.verify(key.key().publicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Optional<BuilderId> commonName(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(rdn -> String.valueOf(rdn.getValue()))
                            .findFirst()
                            .map(BuilderId::parse);
        } catch (InvalidNameException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ProblemException refused(int status, String slug, String detail) {
        return new ProblemException(new Problem(status, slug, "The client certificate is not accepted", detail));
    }
}
