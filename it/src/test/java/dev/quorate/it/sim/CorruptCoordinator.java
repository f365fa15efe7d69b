package dev.quorate.it.sim;

import dev.quorate.certificate.Certificate;
import dev.quorate.coordinator.desk.TrustLines;
import dev.quorate.coordinator.log.SteppedLog;
import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.dsse.Envelope;
import dev.quorate.intoto.Subject;
import dev.quorate.kit.Kit;
import dev.quorate.log.LogMonitor;
import dev.quorate.log.LogObservation;
import dev.quorate.log.VerifiedCheckpoint;
import dev.quorate.proof.OutputSet;
import dev.quorate.tally.Logged;
import dev.quorate.tally.Verdict;
import dev.quorate.trust.SignedTrust;
import dev.quorate.verify.Report;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A coordinator with all its keys that wants another result than its round has; the verifier or the monitor sees it. */
final class CorruptCoordinator {
    private final Setting setting;
    private final KitCheck check;
    private final Chance chance;
    private final Instant now;

    CorruptCoordinator(Setting setting, KitCheck check, Chance chance, Instant now) {
        this.setting = setting;
        this.check = check;
        this.chance = chance;
        this.now = now;
    }

    /** Tries one of its crimes. */
    void attack(List<Testimony> lines) throws IOException {
        Optional<Certificate> certificate =
                Testimony.certificates(lines).stream().map(c -> c.value()).findFirst();
        switch (certificate.isPresent() ? chance.below(4) : 3) {
            case 0 -> dropsAProof(lines);
            case 1 -> forges(lines, certificate.get());
            case 2 -> reorders(lines, certificate.get());
            default -> serveTwoHistories(lines);
        }
    }

    /**
     * Hides later versions of the trust root, or offers some that root keys did not sign, from a user who has the newest:
     * what it shows is judged by the newest.
     */
    void hideVersions(List<SignedTrust> versions, List<Testimony> lines) throws IOException {
        SignedTrust newest = versions.getLast();
        SignedTrust forged = new RootHolders(chance).forged(newest.trust(), Cast.CERTIFIER_KEY);
        List<SignedTrust> older = versions.subList(0, versions.size() - 1);
        List<SignedTrust> more = new ArrayList<>(versions);
        more.add(forged);
        List<Testimony> entered = entered(lines);
        // Each kit's log begins with that of the one before.
        SteppedLog log = fresh(lines);
        VerifiedCheckpoint without = log.head();
        List<Kit> hiding = new ArrayList<>();
        hiding.add(check.kit(entered, log));
        if (older.size() > 1) {
            hiding.add(check.kit(older, entered, log));
        }
        Report honest = check.verify(newest, check.kit(versions, entered, log), Optional.empty(), now);
        hiding.add(check.kit(more, entered, log));
        for (Kit kit : hiding) {
            Report report = check.verify(newest, kit, Optional.empty(), now);
            boolean same =
                    report.outcome() == honest.outcome() && report.refusals().equals(honest.refusals());
            // One that nobody signed who may can spoil its own kit, and nothing else.
            if (!same && report.outcome() != Report.Outcome.REFUSED) {
                throw new Violation("CORRUPT", "a coordinator that hides a trust root is believed: " + report);
            }
        }
        // Whoever has an older version and follows the log sees it end before the leaf that they know.
        hideALeaf(lines, newest, without);
    }

    /** A log without the newest version's leaf, shown to somebody who saw it with that. */
    private void hideALeaf(List<Testimony> lines, SignedTrust hidden, VerifiedCheckpoint without) throws IOException {
        SteppedLog one = fresh(lines);
        SteppedLog other = fresh(lines);
        for (var line : TrustLines.of(hidden, List.of(hidden)).lines()) {
            one.append(SimulatedTrust.leaf(line.envelope(), line.signedBy()));
        }
        other.append(new byte[] {1});
        boolean forked = LogMonitor.compare(one.head(), other.head(), List.of()) instanceof LogObservation.Consistent;
        boolean shorter = LogMonitor.compare(one.head(), without, List.of()) instanceof LogObservation.Consistent;
        if (forked || shorter) {
            throw new Violation("CORRUPT", "a log that lost a trust root's leaf is believed");
        }
    }

    /** The same lines in a log of its own, in this order; a log's index is where it is in the list. */
    private Kit logged(List<Testimony> lines) throws IOException {
        return check.kit(entered(lines), fresh(lines));
    }

    private SteppedLog fresh(List<Testimony> lines) throws IOException {
        SteppedLog log = SteppedLog.open(new SimulatedDisk(chance), Cast.LOG);
        for (Testimony line : lines) {
            log.append(line.leaf());
        }
        log.head();
        return log;
    }

    private static List<Testimony> entered(List<Testimony> lines) {
        List<Testimony> entered = new ArrayList<>();
        lines.forEach(line -> entered.add(line.at(entered.size())));
        return entered;
    }

    /** A proof that the certificate names is left out, in the same log. */
    private void dropsAProof(List<Testimony> lines) throws IOException {
        List<Testimony> proofs =
                lines.stream().filter(l -> l.kind() == EnvelopeKind.PROOF).toList();
        if (!proofs.isEmpty()) {
            Testimony dropped = chance.of(proofs);
            List<Testimony> left = lines.stream().filter(l -> l != dropped).toList();
            refuse("drops a proof", logged(left), Optional.empty());
        }
    }

    /** A certificate of a result that nobody, or no quorum, made. */
    private void forges(List<Testimony> lines, Certificate honest) throws IOException {
        OutputSet evil = Setting.EVIL.outputs();
        boolean isTrue =
                honest.verdict() == Verdict.CERTIFIED && honest.subjects().equals(Certificate.files(evil));
        if (isTrue || isQuorum(evil, lines)) {
            return;
        }
        List<Subject> subjects = Certificate.files(evil);
        var forged = new Certificate(
                subjects,
                honest.certifier(),
                honest.release(),
                honest.time(),
                honest.policy(),
                honest.proofs(),
                List.of("SLSA_BUILD_REPRODUCED"),
                honest.round(),
                honest.spec(),
                Verdict.CERTIFIED);
        Envelope envelope = Cast.sign(forged.statement(), Cast.CERTIFIER_KEY);
        List<Testimony> more = new ArrayList<>(
                lines.stream().filter(l -> l.kind() != EnvelopeKind.CERTIFICATE).toList());
        more.add(Testimony.of(EnvelopeKind.CERTIFICATE, envelope, Cast.CERTIFIER_KEY.publicKey(), forged));
        refuse("forges", logged(more), Optional.of(evil));
    }

    /** With a quorum of corrupt builders behind it, a coordinator that drops the others needs to forge nothing. */
    private boolean isQuorum(OutputSet evil, List<Testimony> lines) {
        long operators = Testimony.proofs(lines).stream()
                .map(Logged::value)
                .filter(proof -> proof.outcome().digest().equals(evil.digest()))
                .map(proof -> setting.trust()
                        .trust()
                        .builder(proof.builder())
                        .orElseThrow()
                        .operator())
                .distinct()
                .count();
        return operators >= setting.policy().threshold();
    }

    /** A second log of the same lines where proofs come first: nobody's commitment is where its proof says. */
    private void reorders(List<Testimony> lines, Certificate certificate) throws IOException {
        if (certificate.verdict() == Verdict.CERTIFIED) {
            List<Testimony> turned = new ArrayList<>();
            for (EnvelopeKind kind : List.of(
                    EnvelopeKind.OPENING, EnvelopeKind.PROOF, EnvelopeKind.COMMITMENT, EnvelopeKind.CERTIFICATE)) {
                lines.stream().filter(l -> l.kind() == kind).forEach(turned::add);
            }
            refuse("reorders", logged(turned), Optional.empty());
        }
    }

    private void refuse(String attack, Kit kit, Optional<OutputSet> wanted) {
        Report report = check.verify(kit, wanted, now);
        if (report.outcome() != Report.Outcome.REFUSED) {
            throw new Violation("CORRUPT", "a coordinator that " + attack + " is believed");
        }
    }

    private void serveTwoHistories(List<Testimony> lines) throws IOException {
        SteppedLog one = fresh(lines);
        SteppedLog other = fresh(lines.reversed());
        SteppedLog longer = fresh(lines.reversed());
        longer.append(new byte[] {1});
        longer.head();
        long size = one.head().head().size();
        boolean believed = size > 1
                && (LogMonitor.compare(one.head(), other.head(), List.of()) instanceof LogObservation.Consistent
                        || LogMonitor.compare(one.head(), longer.head(), longer.consistency(size, size + 1))
                                instanceof LogObservation.Consistent);
        boolean rolledBack =
                LogMonitor.compare(longer.head(), one.head(), List.of()) instanceof LogObservation.Consistent;
        if (believed || rolledBack) {
            throw new Violation("CORRUPT", "a coordinator with two histories is believed");
        }
    }
}
