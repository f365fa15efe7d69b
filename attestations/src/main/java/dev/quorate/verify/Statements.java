package dev.quorate.verify;

import dev.quorate.certificate.Certificate;
import dev.quorate.host.HostChange;
import dev.quorate.host.HostEvidence;
import dev.quorate.intoto.Statement;
import dev.quorate.json.MalformedException;
import dev.quorate.proof.BuildProof;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Commitment;
import dev.quorate.round.RoundId;
import dev.quorate.round.RoundOpening;
import dev.quorate.spec.SpecDigest;
import dev.quorate.tally.Logged;
import dev.quorate.tally.RoundRecord;
import dev.quorate.trust.TrustRoot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the verified lines say, each said by whom it names, all about one round. */
record Statements(
        Logged<RoundOpening> opening,
        List<Logged<HostEvidence>> evidence,
        List<Logged<HostChange>> changes,
        List<Logged<Commitment>> commitments,
        List<Logged<BuildProof>> proofs,
        Optional<Logged<Certificate>> certificate) {

    static Statements read(Lines lines, TrustRoot trust) throws RefusedException {
        var reading = new Reading(trust, lines.introductions());
        for (Line line : lines.lines()) {
            reading.read(line);
        }
        return reading.statements();
    }

    private static final class Reading {
        private final TrustRoot trust;
        private final Introductions introductions;
        private final List<Logged<RoundOpening>> openings = new ArrayList<>();
        private final List<Logged<HostEvidence>> evidence = new ArrayList<>();
        private final List<Logged<HostChange>> changes = new ArrayList<>();
        private final List<Logged<Commitment>> commitments = new ArrayList<>();
        private final List<Logged<BuildProof>> proofs = new ArrayList<>();
        private final List<Logged<Certificate>> certificates = new ArrayList<>();

        Reading(TrustRoot trust, Introductions introductions) {
            this.trust = trust;
            this.introductions = introductions;
        }

        void read(Line line) throws RefusedException {
            try {
                String type = Statement.parse(line.payload(), "line " + line.number() + " of the kit")
                        .predicateType();
                switch (type) {
                    case RoundOpening.TYPE -> {
                        requireCertifier(line);
                        openings.add(line.logged(RoundOpening.parse(line.payload())));
                    }
                    case Certificate.TYPE -> {
                        requireCertifier(line);
                        certificates.add(line.logged(Certificate.parse(line.payload())));
                    }
                    case HostEvidence.TYPE -> {
                        HostEvidence shown = HostEvidence.parse(line.payload());
                        requireBuilder(line, shown.builder());
                        evidence.add(line.logged(shown));
                    }
                    case HostChange.TYPE -> {
                        requireCertifier(line);
                        changes.add(line.logged(HostChange.parse(line.payload())));
                    }
                    case Commitment.TYPE -> {
                        Commitment commitment = Commitment.parse(line.payload());
                        requireBuilder(line, commitment.builder());
                        commitments.add(line.logged(commitment));
                    }
                    case BuildProof.TYPE -> {
                        BuildProof proof = BuildProof.parse(line.payload());
                        requireBuilder(line, proof.builder());
                        proofs.add(line.logged(proof));
                    }
                    default ->
                        throw new RefusedException(
                                RefusalCode.STATEMENT_MALFORMED,
                                "line " + line.number() + " of the kit: its kind of statement has no place in a kit");
                }
            } catch (MalformedException e) {
                throw new RefusedException(
                        RefusalCode.STATEMENT_MALFORMED, "line " + line.number() + " of the kit: " + e.getMessage());
            }
        }

        Statements statements() throws RefusedException {
            if (openings.isEmpty()) {
                throw new RefusedException(RefusalCode.ROUND_MISSING, "the kit has no opening of a round");
            }
            if (openings.stream().map(Logged::digest).distinct().count() > 1) {
                throw new RefusedException(RefusalCode.ROUND_AMBIGUOUS, "the kit has openings of more than one round");
            }
            if (certificates.stream().map(Logged::digest).distinct().count() > 1) {
                throw new RefusedException(RefusalCode.CERTIFICATE_AMBIGUOUS, "the kit has more than one certificate");
            }
            var statements = new Statements(
                    openings.getFirst(),
                    List.copyOf(evidence),
                    List.copyOf(changes),
                    List.copyOf(commitments),
                    List.copyOf(proofs),
                    certificates.stream().findFirst());
            statements.requireOneRound();
            return statements;
        }

        private void requireCertifier(Line line) throws RefusedException {
            if (trust.certifierWith(line.signedBy()).isEmpty()) {
                throw new RefusedException(
                        RefusalCode.SIGNER_MISMATCH,
                        "line " + line.number() + " of the kit: only a certifier may sign this");
            }
        }

        private void requireBuilder(Line line, BuilderId builder) throws RefusedException {
            boolean own = trust.builder(builder)
                    .flatMap(trusted -> trusted.key(line.signedBy()))
                    .isPresent();
            if (!own && !introductions.allow(line.signedBy(), builder)) {
                throw new RefusedException(
                        RefusalCode.SIGNER_MISMATCH,
                        "line " + line.number() + " of the kit: it speaks for " + builder
                                + " and is signed with somebody else's key");
            }
        }
    }

    /** What the tally counts. A change of a host that was logged after the certificate came too late to explain it. */
    RoundRecord record(Instant time) {
        long counted = certificate.map(Logged::index).orElse(Long.MAX_VALUE);
        List<Logged<HostChange>> before =
                changes.stream().filter(change -> change.index() < counted).toList();
        return new RoundRecord(opening, evidence, before, commitments, proofs, time);
    }

    private void requireOneRound() throws RefusedException {
        for (Logged<Commitment> commitment : commitments) {
            requireRound(commitment.value().round(), commitment.value().spec());
        }
        for (Logged<BuildProof> proof : proofs) {
            requireRound(proof.value().round(), proof.value().spec());
        }
        if (certificate.isPresent()) {
            requireRound(
                    certificate.get().value().round(), certificate.get().value().spec());
        }
    }

    private void requireRound(RoundId round, SpecDigest spec) throws RefusedException {
        if (!round.equals(opening.value().round())
                || !spec.equals(opening.value().digest())) {
            throw new RefusedException(
                    RefusalCode.ROUND_MISMATCH, "the kit mixes statements of different rounds or specs");
        }
    }
}
