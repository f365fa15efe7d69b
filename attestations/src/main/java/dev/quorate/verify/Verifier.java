package dev.quorate.verify;

import dev.quorate.certificate.Certificate;
import dev.quorate.digest.Sha256;
import dev.quorate.host.SealJudge;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.kit.Kit;
import dev.quorate.policy.Policy;
import dev.quorate.proof.OutputSet;
import dev.quorate.round.RoundOpening;
import dev.quorate.spec.Release;
import dev.quorate.tally.Logged;
import dev.quorate.tally.Openness;
import dev.quorate.tally.Tally;
import dev.quorate.tally.Verdict;
import dev.quorate.trust.Principal;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TimedKey;
import dev.quorate.trust.TrustRoot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks artifacts against a kit; see the package for the steps.
 *
 * @param trust the user's own trust root; a kit's later versions of it may follow
 * @param policy the user's own policy
 * @param now the user's clock
 * @param expected the release that the user means to have, if they said so
 */
public record Verifier(SignedTrust trust, Policy policy, Instant now, Optional<Release> expected) {
    /** How far a witness's or certifier's clock may run ahead of the user's. */
    private static final Duration SKEW = Duration.ofMinutes(10);

    /** Checks all artifacts; whatever the kit's bytes are, this answers. */
    public Report verify(List<Artifact> artifacts, byte[] kit, String kitName) {
        var findings = new Findings(artifacts, policy);
        try {
            return check(artifacts, kit, kitName, findings);
        } catch (RefusedException e) {
            return findings.refused(e.refusal());
        }
    }

    private Report check(List<Artifact> artifacts, byte[] kit, String kitName, Findings findings)
            throws RefusedException {
        TrustRoot own = trustRoot();
        Kit parsed = parse(kit, kitName);
        TrustUpdates updates = TrustUpdates.of(parsed, own);
        findings.saw(updates);
        TrustRoot root = requireUnexpired(updates.trust());
        Lines lines = Lines.verify(parsed, root, policy);
        findings.saw(lines, updates);
        Statements statements = Statements.read(lines, root);
        findings.saw(statements);
        TrustedTime trusted = TrustedTime.of(policy, root, lines, statements, now);
        Instant time = trusted.instant();
        requireTimely(time);
        findings.judgedAt(trusted);
        checkSigners(statements, root, time);
        statements
                .certificate()
                .flatMap(certificate -> new SealJudge(root, time).judge(certificate.signedBy()))
                .ifPresent(findings::saw);
        checkRelease(statements);
        Tally tally = Tally.of(
                policy,
                root,
                statements.record(time),
                statements.certificate().isPresent() ? Openness.CLOSED : Openness.OPEN);
        findings.saw(tally);
        if (tally.verdict() == Verdict.PENDING || statements.certificate().isEmpty() && isQuorum(tally)) {
            return findings.undecided();
        }
        checkVerdict(tally);
        checkCertificate(statements, tally, findings);
        checkArtifacts(artifacts, tally.winner().orElseThrow());
        return findings.verified();
    }

    private static boolean isQuorum(Tally tally) {
        return tally.verdict() == Verdict.CERTIFIED;
    }

    private TrustRoot trustRoot() throws RefusedException {
        return requireUnexpired(trust.verifyAlone()
                .orElseThrow(() -> new RefusedException(
                        RefusalCode.TRUST_NOT_SIGNED,
                        "the trust root is not signed by "
                                + trust.trust().root().threshold() + " of its root keys")));
    }

    private TrustRoot requireUnexpired(TrustRoot root) throws RefusedException {
        if (!now.isBefore(root.expires())) {
            throw new RefusedException(RefusalCode.TRUST_EXPIRED, "the trust root expired on " + root.expires());
        }
        return root;
    }

    private static Kit parse(byte[] kit, String name) throws RefusedException {
        try {
            return Kit.parse(kit, name);
        } catch (MalformedException e) {
            throw new RefusedException(RefusalCode.KIT_MALFORMED, e.getMessage());
        }
    }

    private void requireTimely(Instant time) throws RefusedException {
        if (time.isAfter(now.plus(SKEW))) {
            throw new RefusedException(RefusalCode.TIME_IN_FUTURE, "it was logged in the future, at " + time);
        }
        if (time.plus(policy.freshness().duration()).isBefore(now)) {
            throw new RefusedException(
                    RefusalCode.CERTIFICATE_STALE,
                    "it was logged at " + time + ", longer ago than the policy's " + policy.freshness());
        }
    }

    private static void checkSigners(Statements statements, TrustRoot root, Instant time) throws RefusedException {
        checkCertifier(statements.opening(), root, time);
        if (statements.certificate().isEmpty()) {
            return;
        }
        Logged<Certificate> certificate = statements.certificate().get();
        Principal certifier = checkCertifier(certificate, root, time);
        if (!certifier.id().equals(certificate.value().certifier())) {
            throw new RefusedException(
                    RefusalCode.SIGNER_MISMATCH, "the certificate names another certifier than the one that signed it");
        }
        if (root.isRevokedCertificate(certificate.digest())) {
            throw new RefusedException(RefusalCode.CERTIFICATE_REVOKED, "the trust root revokes this certificate");
        }
        Set<Sha256> shown = Stream.concat(statements.proofs().stream(), statements.evidence().stream())
                .map(Logged::digest)
                .collect(Collectors.toSet());
        for (Sha256 proof : certificate.value().proofs()) {
            if (!shown.contains(proof)) {
                throw new RefusedException(
                        RefusalCode.PROOF_MISSING,
                        "the certificate names the proof or evidence " + proof + ", which the kit does not show");
            }
        }
    }

    private static Principal checkCertifier(Logged<?> statement, TrustRoot root, Instant time) throws RefusedException {
        Principal certifier = root.certifierWith(statement.signedBy()).orElseThrow();
        boolean valid = certifier.key(statement.signedBy()).stream().anyMatch((TimedKey key) -> key.isValidAt(time));
        if (!valid || root.isRevoked(statement.signedBy(), time)) {
            throw new RefusedException(
                    RefusalCode.KEY_NOT_VALID,
                    "the key of " + certifier.id() + " was not valid, or was revoked, at " + time);
        }
        return certifier;
    }

    private void checkRelease(Statements statements) throws RefusedException {
        Release release = statements.opening().value().spec().release();
        if (expected.isPresent() && !expected.get().equals(release)) {
            throw new RefusedException(
                    RefusalCode.RELEASE_MISMATCH, "this is " + release + ", and " + expected.get() + " was expected");
        }
    }

    private static void checkVerdict(Tally tally) throws RefusedException {
        switch (tally.verdict()) {
            case CERTIFIED -> {}
            case CONTESTED -> throw new RefusedException(RefusalCode.CONTESTED, tally.reason());
            case FAILED -> throw new RefusedException(RefusalCode.FAILED, tally.reason());
            case INSUFFICIENT -> throw new RefusedException(RefusalCode.INSUFFICIENT, tally.reason());
            case PENDING -> throw new IllegalStateException("pending is not a refusal");
        }
    }

    private static void checkCertificate(Statements statements, Tally tally, Findings findings)
            throws RefusedException {
        Certificate certificate = statements.certificate().orElseThrow().value();
        RoundOpening opening = statements.opening().value();
        boolean agrees = certificate.verdict() == Verdict.CERTIFIED
                && certificate.release().equals(opening.spec().release())
                && certificate
                        .subjects()
                        .equals(Certificate.files(tally.winner().orElseThrow()));
        if (!agrees) {
            throw new RefusedException(
                    RefusalCode.CERTIFICATE_MISMATCH,
                    "the certificate says " + certificate.verdict() + " of " + certificate.release()
                            + ", and its verdict, release or files are not what the proofs give");
        }
        if (!certificate.hasLevelsOf(opening)) {
            throw new RefusedException(
                    RefusalCode.CERTIFICATE_MISMATCH,
                    "the certificate claims "
                            + certificate.levels().stream()
                                    .map(Printable::quote)
                                    .toList() + ", and no count of this round gives that");
        }
        findings.compared(certificate.levels(), Certificate.levels(opening, tally));
    }

    private static void checkArtifacts(List<Artifact> artifacts, OutputSet winner) throws RefusedException {
        for (Artifact artifact : artifacts) {
            if (winner.file(artifact.sha256()).isEmpty()) {
                throw new RefusedException(
                        RefusalCode.ARTIFACT_UNKNOWN,
                        artifact.name() + " has SHA-256 " + artifact.sha256() + ", which nobody reproduced");
            }
        }
    }
}
