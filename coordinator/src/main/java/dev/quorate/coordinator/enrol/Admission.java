package dev.quorate.coordinator.enrol;

import dev.quorate.coordinator.desk.Complaint;
import dev.quorate.coordinator.desk.Hosts;
import dev.quorate.coordinator.desk.RefusedException;
import dev.quorate.coordinator.keys.HostAuthority;
import dev.quorate.coordinator.store.HostNotice;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostJudge;
import dev.quorate.host.Judgement;
import dev.quorate.host.Occasion;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Nonce;
import dev.quorate.trust.TrustRoot;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Admits hosts that show their state, for a while. Safe for many threads. */
public final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
    private static final int MOST_NONCES = 4096;

    private final Supplier<TrustRoot> trust;
    private final HostAuthority authority;
    private final Duration lifetime;
    private final Hosts hosts;
    private final Clock clock;
    private final Pending<BuilderId> nonces = new Pending<>(MOST_NONCES, new SecureRandom());

    /**
     * Admits by what the trust root in force says.
     *
     * @param lifetime of certificates
     */
    public Admission(Supplier<TrustRoot> trust, HostAuthority authority, Duration lifetime, Hosts hosts, Clock clock) {
        this.trust = trust;
        this.authority = authority;
        this.lifetime = lifetime;
        this.hosts = hosts;
        this.clock = clock;
    }

    /** What a builder's next evidence has to be made for; once, and soon. */
    public Nonce nonce(BuilderId builder) {
        return Nonce.parse(nonces.ask(builder, clock.instant()));
    }

    /**
     * Judges evidence, and certifies the key that it vouches for.
     *
     * @param builder whose client certificate was shown
     * @param key that the evidence is about, and that signed it
     * @throws RefusedException if it is not good; what it says of the host's state has been taken note of
     */
    public X509Certificate admit(BuilderId builder, P256Key key, Envelope envelope)
            throws RefusedException, InterruptedException {
        Instant now = clock.instant();
        TrustRoot current = trust.get();
        HostEvidence said = read(key, envelope);
        if (!said.builder().equals(builder)) {
            throw refused("the evidence is of another builder than the one that sends it");
        } else if (current.names(key)) {
            throw refused("evidence is for a fresh key, and the trust root names this one");
        } else if (!(said.occasion() instanceof Occasion.OfEnrolment enrolment)) {
            throw refused("admission wants evidence for a nonce, and this was made for a round");
        } else if (nonces.answer(enrolment.nonce().base64(), now)
                .filter(builder::equals)
                .isEmpty()) {
            throw new RefusedException(
                    Complaint.CHALLENGE_UNKNOWN,
                    "the nonce was not given to this builder, was used before, or is older than "
                            + Pending.PATIENCE.toSeconds() + " s; ask for another");
        }
        var shown = new HostNotice.Shown(envelope, key);
        return switch (new HostJudge(current, now).judge(said, key, said.occasion())) {
            case Judgement.Accepted good -> certify(current, said, good, shown, now);
            case Judgement.Refused no -> {
                LOG.warn("host not admitted builder={} reason={}", builder, no.reason());
                hosts.refuse(said, no, shown);
                throw new RefusedException(Complaint.HOST_REFUSED, Printable.of(no.toString()));
            }
        };
    }

    private X509Certificate certify(
            TrustRoot current, HostEvidence said, Judgement.Accepted good, HostNotice.Shown shown, Instant now)
            throws RefusedException, InterruptedException {
        var builder = current.builder(said.builder()).orElseThrow();
        X509Certificate certificate =
                authority.certify(builder, said.key(), shown.envelope().digest(), now, lifetime);
        hosts.admit(
                builder,
                good,
                shown,
                digest(certificate),
                certificate.getNotAfter().toInstant());
        return certificate;
    }

    /** By which a certificate is known here. */
    public static Sha256 digest(X509Certificate certificate) {
        try {
            return Sha256.of(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    private static HostEvidence read(P256Key key, Envelope envelope) throws RefusedException {
        VerifiedPayload payload = envelope.verify(key)
                .orElseThrow(() -> new RefusedException(
                        Complaint.NOT_SIGNED, "the envelope is not signed by the key that it came with"));
        try {
            return HostEvidence.parse(payload);
        } catch (MalformedException e) {
            throw refused(e.getMessage());
        }
    }

    private static RefusedException refused(String detail) {
        return new RefusedException(Complaint.ENVELOPE_REFUSED, detail);
    }

    /** The builder that a certificate of this authority's names, if the certificate is the newest of a standing host. */
    public Optional<Sha256> standing(X509Certificate certificate, BuilderId named) {
        Sha256 digest = digest(certificate);
        return hosts.standings().holds(named, digest) ? Optional.of(digest) : Optional.empty();
    }

    /** Whether a certificate is of this coordinator's authority, standing or not. */
    public boolean issued(X509Certificate certificate) {
        return authority.issued(certificate);
    }
}
