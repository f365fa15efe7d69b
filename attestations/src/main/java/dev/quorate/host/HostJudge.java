package dev.quorate.host;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.HostId;
import dev.quorate.trust.SnpProfile;
import dev.quorate.trust.Tpm2Profile;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import dev.quorate.trust.TrustedHost;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Optional;

/**
 * Judges evidence. A pure function: the coordinator and everybody who checks a kit come to the same judgement from the
 * same bytes.
 *
 * @param trust names the hosts, their makers and the reference values
 * @param time the trusted time, at which certificates and revocations are looked at
 */
public record HostJudge(TrustRoot trust, Instant time) {
    /**
     * Judges; whatever the evidence is, this answers.
     *
     * @param signedBy the key that is known to have signed the evidence
     * @param occasion what it must have been made for
     */
    public Judgement judge(HostEvidence evidence, P256Key signedBy, Occasion occasion) {
        try {
            return accept(evidence, signedBy, occasion);
        } catch (RefusedException e) {
            return e.refused();
        } catch (Exception e) {
            // Whatever an input makes a parser or a provider throw, the host stays untrusted.
            return new Judgement.Refused(
                    HostRefusal.UNJUDGEABLE,
                    "judging it failed: " + e.getClass().getSimpleName());
        }
    }

    private Judgement accept(HostEvidence evidence, P256Key signedBy, Occasion occasion)
            throws GeneralSecurityException, RefusedException {
        if (!evidence.key().equals(signedBy)) {
            throw new RefusedException(HostRefusal.OTHER_KEY, "it vouches for another key than the one that signed it");
        }
        if (!evidence.occasion().equals(occasion)) {
            throw new RefusedException(HostRefusal.OTHER_OCCASION, "it was made for another round or nonce");
        }
        TrustedBuilder builder = trust.builder(evidence.builder())
                .orElseThrow(() ->
                        new RefusedException(HostRefusal.BUILDER_UNKNOWN, "the trust root does not name its builder"));
        return switch (evidence.report()) {
            case HostReport.Tpm2 report -> accept(builder, report, evidence.binding());
            case HostReport.SevSnp report -> accept(builder, report, evidence.binding());
        };
    }

    private Judgement accept(TrustedBuilder builder, HostReport.Tpm2 report, Sha256 binding)
            throws GeneralSecurityException, RefusedException {
        TrustedHost.Tpm2 host = host(builder, report)
                .orElseThrow(() -> new RefusedException(
                        HostRefusal.HOST_UNKNOWN, "no host of " + builder.id() + " has its attestation key"));
        if (isRevoked(host)) {
            throw revoked(host);
        }
        EndorsementChain.verify(
                host.tpm(), trust.hostTrust().maker(host.maker()).orElseThrow(), time);
        requireSigned(report, host.ak());
        var profile = (Tpm2Profile) trust.hostTrust().profile(host.profile()).orElseThrow();
        var judge = new Tpm2Judge(profile, report);
        Quote quote = judge.quote(binding);
        judge.judgeState();
        return new Judgement.Accepted(host.kind().assurance(), host.id(), profile.name(), quote.boot());
    }

    private static void requireSigned(HostReport.Tpm2 report, P256Key ak)
            throws GeneralSecurityException, RefusedException {
        TpmSignature signature = TpmSignature.read(report.signature().bytes())
                .orElseThrow(() -> new RefusedException(
                        HostRefusal.QUOTE_MALFORMED, "the quote's signature is not a TPM's, ECDSA with SHA-256"));
        if (!signature.isBy(ak, report.quote().bytes())) {
            throw new RefusedException(HostRefusal.QUOTE_SIGNATURE, "the attestation key did not sign the quote");
        }
    }

    private Judgement accept(TrustedBuilder builder, HostReport.SevSnp evidence, Sha256 binding)
            throws GeneralSecurityException, RefusedException {
        SnpReport report = SnpReport.read(evidence.report().bytes());
        TrustedHost.SevSnp host = host(builder, report)
                .orElseThrow(() -> new RefusedException(
                        HostRefusal.HOST_UNKNOWN, "no host of " + builder.id() + " is the processor that reports"));
        if (isRevoked(host)) {
            throw revoked(host);
        }
        CertificateChain.verify(
                evidence.certificates(), trust.hostTrust().maker(host.maker()).orElseThrow(), time);
        var vcek = new Vcek(evidence.certificates().getFirst().certificate());
        vcek.requireOf(report);
        report.requireSignedBy(vcek.key());
        var profile = (SnpProfile) trust.hostTrust().profile(host.profile()).orElseThrow();
        new SnpJudge(profile, report).judge(binding);
        return new Judgement.Accepted(host.kind().assurance(), host.id(), profile.name(), report.boot());
    }

    private static Optional<TrustedHost.Tpm2> host(TrustedBuilder builder, HostReport.Tpm2 report) {
        return builder.hosts().stream()
                .filter(TrustedHost.Tpm2.class::isInstance)
                .map(TrustedHost.Tpm2.class::cast)
                .filter(tpm -> tpm.ak().equals(report.ak()))
                .findFirst();
    }

    private static Optional<TrustedHost.SevSnp> host(TrustedBuilder builder, SnpReport report) {
        return builder.hosts().stream()
                .filter(TrustedHost.SevSnp.class::isInstance)
                .map(TrustedHost.SevSnp.class::cast)
                .filter(snp -> report.isBy(snp.chip()))
                .findFirst();
    }

    /** Which host of its builder evidence is said to be of. Nothing in it is judged. */
    public Optional<TrustedHost> claimed(HostEvidence evidence) {
        return trust.builder(evidence.builder()).flatMap(builder -> switch (evidence.report()) {
            case HostReport.Tpm2 report -> host(builder, report).<TrustedHost>map(host -> host);
            case HostReport.SevSnp report -> claimed(builder, report);
        });
    }

    private static Optional<TrustedHost> claimed(TrustedBuilder builder, HostReport.SevSnp evidence) {
        try {
            return host(builder, SnpReport.read(evidence.report().bytes())).map(host -> host);
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    /** Why no evidence of a host can be good at that time, whatever it shows: the trust root does not let it be one. */
    public Optional<Judgement.Refused> objection(BuilderId builder, HostId id) {
        Optional<TrustedHost> named = trust.builder(builder).stream()
                .flatMap(trusted -> trusted.hosts().stream())
                .filter(host -> host.id().equals(id))
                .findFirst();
        if (named.isEmpty()) {
            return Optional.of(new Judgement.Refused(
                    HostRefusal.HOST_UNKNOWN, "the trust root names the host " + id + " no longer"));
        }
        return named.filter(this::isRevoked).map(host -> revoked(host).refused());
    }

    private boolean isRevoked(TrustedHost host) {
        return trust.isRevoked(host.id(), time)
                || host instanceof TrustedHost.Tpm2 tpm && trust.isRevoked(tpm.ak(), time);
    }

    private static RefusedException revoked(TrustedHost host) {
        return new RefusedException(HostRefusal.HOST_REVOKED, "the trust root revokes the host " + host.id());
    }
}
