package dev.quorate.cli.audit;

import dev.quorate.certificate.Certificate;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.host.HostChange;
import dev.quorate.host.HostEvidence;
import dev.quorate.intoto.Statement;
import dev.quorate.intoto.Subject;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.proof.BuildProof;
import dev.quorate.proof.Outcome;
import dev.quorate.round.Commitment;
import dev.quorate.round.RoundOpening;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.TrustRoot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a key said once.
 *
 * @param kind of statement
 * @param time that the signer gave, RFC 3339, or empty
 * @param round empty if it is of none
 * @param about one line for a person, safe to print
 * @param vouched files by name and digest
 * @param counted digests of the proofs that a certificate counted on
 */
record Said(Kind kind, String time, String round, String about, List<Subject> vouched, List<Sha256> counted) {
    /** Kinds of statement. */
    enum Kind {
        /** A round's opening. */
        OPENING,
        /** A commitment. */
        COMMITMENT,
        /** A build's proof. */
        PROOF,
        /** A certificate. */
        CERTIFICATE,
        /** Evidence of a host. */
        EVIDENCE,
        /** A change of a host's standing. */
        HOST,
        /** A version of the trust root, with its revocations. */
        TRUST,
        /** Of another type. */
        OTHER,
        /** In no kit that was given. */
        UNKNOWN;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static final Said UNKNOWN = plain(Kind.UNKNOWN, "", "", "no given kit has it");

    Said {
        vouched = List.copyOf(vouched);
        counted = List.copyOf(counted);
    }

    /** The time, if the signer gave one. */
    Optional<Instant> at() {
        return time.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(time));
    }

    /** The same, of that round. */
    Said in(String otherRound) {
        return new Said(kind, time, otherRound, about, vouched, counted);
    }

    private static Said plain(Kind kind, String time, String round, String about) {
        return new Said(kind, time, round, about, List.of(), List.of());
    }

    static Said of(VerifiedPayload payload) {
        try {
            Statement statement = Statement.parse(payload, "statement");
            return switch (statement.predicateType()) {
                case RoundOpening.TYPE -> opening(RoundOpening.parse(payload));
                case Commitment.TYPE -> commitment(Commitment.parse(payload));
                case BuildProof.TYPE -> proof(BuildProof.parse(payload), statement);
                case Certificate.TYPE -> certificate(Certificate.parse(payload));
                case HostEvidence.TYPE -> evidence(HostEvidence.parse(payload));
                case HostChange.TYPE -> change(HostChange.parse(payload));
                case TrustRoot.TYPE -> trust(TrustRoot.read(statement.predicate(TrustRoot.TYPE, "trust")));
                default ->
                    new Said(
                            Kind.OTHER,
                            "",
                            "",
                            Printable.of(statement.predicateType()),
                            statement.subjects(),
                            List.of());
            };
        } catch (MalformedException e) {
            return plain(Kind.OTHER, "", "", "a statement that has not its form");
        }
    }

    private static Said opening(RoundOpening opening) {
        return plain(
                Kind.OPENING,
                opening.opened().toString(),
                opening.round().text(),
                opening.spec().release().toString());
    }

    private static Said commitment(Commitment commitment) {
        return plain(Kind.COMMITMENT, "", commitment.round().text(), "for " + commitment.builder());
    }

    private static Said proof(BuildProof proof, Statement statement) {
        boolean built = proof.outcome() instanceof Outcome.Built;
        return new Said(
                Kind.PROOF,
                proof.finished().toString(),
                proof.round().text(),
                "for " + proof.builder() + (built ? ": built" : ": failed"),
                built ? statement.subjects() : List.of(),
                List.of());
    }

    private static Said certificate(Certificate certificate) {
        return new Said(
                Kind.CERTIFICATE,
                certificate.time().toString(),
                certificate.round().text(),
                certificate.release() + ": " + certificate.verdict(),
                certificate.subjects(),
                certificate.proofs());
    }

    private static Said evidence(HostEvidence evidence) {
        return plain(
                Kind.EVIDENCE,
                "",
                "",
                "a key of " + evidence.builder() + " on a machine ("
                        + evidence.report().kind().word() + ")");
    }

    private static Said change(HostChange change) {
        return plain(
                Kind.HOST,
                change.at().toString(),
                "",
                Printable.of(change.builder() + " " + change.state()) + reason(change));
    }

    private static String reason(HostChange change) {
        return change.reason().isEmpty() ? "" : ": " + Printable.of(change.reason());
    }

    private static Said trust(TrustRoot trust) {
        List<String> about = new ArrayList<>(List.of("version " + trust.version()));
        for (Revocation revocation : trust.revocations()) {
            about.add("revokes " + revocation.kind().name().toLowerCase(java.util.Locale.ROOT) + " "
                    + Printable.of(revocation.id()) + " since " + revocation.since());
        }
        return plain(Kind.TRUST, "", "", about.stream().collect(Collectors.joining(", ")));
    }
}
