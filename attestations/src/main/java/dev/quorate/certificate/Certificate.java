package dev.quorate.certificate;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.host.HostEvidence;
import dev.quorate.intoto.Instants;
import dev.quorate.intoto.Statement;
import dev.quorate.intoto.Subject;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.proof.BuildProof;
import dev.quorate.proof.OutputSet;
import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;
import dev.quorate.round.RoundOpening;
import dev.quorate.spec.Release;
import dev.quorate.spec.SpecDigest;
import dev.quorate.tally.Logged;
import dev.quorate.tally.RoundRecord;
import dev.quorate.tally.Tally;
import dev.quorate.tally.Verdict;
import dev.quorate.trust.TrustRoot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A certifier's signed verdict on a round.
 *
 * @param subjects the quorum's output files; the spec where there is no quorum
 * @param certifier name of who signs, a bare host name
 * @param release what was rebuilt
 * @param time when it was tallied, on the certifier's word
 * @param policy digest of the policy it was tallied under
 * @param proofs envelope digests of every proof of the round, and of all evidence of hosts, sorted
 * @param levels SLSA's and our own level strings
 */
public record Certificate(
        List<Subject> subjects,
        String certifier,
        Release release,
        Instant time,
        Sha256 policy,
        List<Sha256> proofs,
        List<String> levels,
        RoundId round,
        SpecDigest spec,
        Verdict verdict) {
    /** Predicate type. */
    public static final String TYPE = "https://slsa.dev/verification_summary/v1";

    /** Edition of SLSA that a summary follows. */
    public static final String SLSA_VERSION = "1.2";

    /** What a release's name has before it in a {@code resourceUri}. */
    public static final String RESOURCE = "https://quorate.dev/release/";

    /** The kind of policy that a summary's {@code policy} digests. */
    public static final String POLICY = "https://quorate.dev/policy/v1";

    private static final String REPRODUCED = "SLSA_BUILD_REPRODUCED";
    private static final String COUNTED = "QUORATE_REPRODUCED_";
    private static final int MOST = 10_000;

    public Certificate {
        subjects = List.copyOf(subjects);
        proofs = proofs.stream().distinct().sorted().toList();
        levels = List.copyOf(levels);
    }

    /**
     * All that a certificate of a round names, so that no kit can lose it unseen: what builders of that trust root have
     * said, by keys that it names or that evidence of theirs introduces. Nobody else's word is known in a kit.
     */
    public static List<Sha256> named(RoundRecord record, TrustRoot trust) {
        List<Logged<HostEvidence>> shown = record.evidence().stream()
                .filter(evidence -> trust.builder(evidence.value().builder()).isPresent())
                .toList();
        Stream<Logged<BuildProof>> proofs = record.proofs().stream().filter(proof -> isKnown(proof, shown, trust));
        return Stream.concat(shown.stream(), proofs).map(Logged::digest).toList();
    }

    private static boolean isKnown(Logged<BuildProof> proof, List<Logged<HostEvidence>> shown, TrustRoot trust) {
        BuilderId builder = proof.value().builder();
        return trust.builder(builder).flatMap(b -> b.key(proof.signedBy())).isPresent()
                || shown.stream()
                        .anyMatch(evidence -> evidence.value().builder().equals(builder)
                                && evidence.signedBy().equals(proof.signedBy()));
    }

    /** The certificate that follows from a tally. */
    public static Certificate of(
            RoundOpening opening, Tally tally, List<Sha256> proofs, String certifier, Instant time) {
        return new Certificate(
                subjects(opening, tally),
                certifier,
                opening.spec().release(),
                time,
                opening.policy().digest(),
                proofs,
                levels(opening, tally),
                opening.round(),
                opening.digest(),
                tally.verdict());
    }

    /** Our own level string: so many operators agree, of so many builders that were asked. */
    public static String level(int operators, int enrolled) {
        return COUNTED + operators + "_OF_" + enrolled;
    }

    /** The level strings that follow from a tally: none unless it is certified. */
    public static List<String> levels(RoundOpening opening, Tally tally) {
        return tally.verdict() == Verdict.CERTIFIED
                ? List.of(REPRODUCED, level(tally.reached(), opening.builders().size()))
                : List.of();
    }

    /** Whether its levels are those of some count of that round: of so many builders, and no more operators than that. */
    public boolean hasLevelsOf(RoundOpening opening) {
        int enrolled = opening.builders().size();
        return verdict == Verdict.CERTIFIED
                ? levels.size() == 2
                        && levels.getFirst().equals(REPRODUCED)
                        && IntStream.rangeClosed(opening.policy().threshold(), enrolled)
                                .anyMatch(n -> levels.getLast().equals(level(n, enrolled)))
                : levels.isEmpty();
    }

    private static List<Subject> subjects(RoundOpening opening, Tally tally) {
        List<Subject> files = tally.winner().map(Certificate::files).orElse(List.of());
        return files.isEmpty() ? List.of(new Subject("spec", opening.digest().sha256())) : files;
    }

    /**
     * The count of a round that may have been certified before: a round certifies one output set and never a second,
     * whatever became of the first one's votes.
     *
     * @param earlier every certificate of the round so far
     */
    public static Tally recount(Tally tally, List<Certificate> earlier) {
        if (earlier.stream().noneMatch(certificate -> certificate.contradicts(tally))) {
            return tally;
        }
        return new Tally(
                Verdict.CONTESTED,
                "another result was certified in this round before: " + tally.reason(),
                tally.votes(),
                Optional.empty(),
                tally.required(),
                tally.reached());
    }

    private boolean contradicts(Tally tally) {
        return verdict == Verdict.CERTIFIED
                && tally.winner()
                        .map(Certificate::files)
                        .filter(files -> !files.equals(subjects))
                        .isPresent();
    }

    /** The output files as subjects. */
    public static List<Subject> files(OutputSet outputs) {
        return outputs.files().stream()
                .map(file -> new Subject(file.path().text(), file.sha256()))
                .toList();
    }

    /** The statement to sign. */
    public Statement statement() {
        List<Json.Obj> attestations = proofs.stream()
                .map(proof -> Json.object().put("digest", Subject.digest(proof)).build())
                .toList();
        Json.Obj predicate = Json.object()
                .put("verifier", Json.object().put("id", "https://" + certifier).build())
                .put("timeVerified", time.toString())
                .put("resourceUri", RESOURCE + release)
                .put(
                        "policy",
                        Json.object()
                                .put("uri", POLICY)
                                .put("digest", Subject.digest(policy))
                                .build())
                .put("inputAttestations", Json.arr(attestations))
                .put("verificationResult", result())
                .put("verifiedLevels", Json.strings(levels))
                .put("slsaVersion", SLSA_VERSION)
                .put("quorate_round", round.text())
                .put("quorate_spec", spec.toString())
                .put("quorate_verdict", verdict.name())
                .build();
        return new Statement(subjects, TYPE, predicate);
    }

    /** Reads what a certifier's key has signed. */
    public static Certificate parse(VerifiedPayload payload) throws MalformedException {
        String input = "certificate";
        Statement statement = Statement.parse(payload, input);
        Fields fields = statement.predicate(TYPE, input);
        Fields policy = fields.object("policy");
        policy.literal("uri", POLICY);
        var certificate = new Certificate(
                statement.subjects(),
                fields.object("verifier").string("id", Certificate::host),
                fields.string("resourceUri", Certificate::release),
                fields.string("timeVerified", Instants::parse),
                policy.object("digest", Subject::readDigest),
                fields.objects("inputAttestations", MOST, proof -> proof.object("digest", Subject::readDigest)),
                fields.strings("verifiedLevels", MOST, text -> text),
                fields.string("quorate_round", RoundId::parse),
                fields.string("quorate_spec", SpecDigest::parse),
                fields.string("quorate_verdict", Certificate::verdict));
        fields.literal("verificationResult", certificate.result());
        fields.literal("slsaVersion", SLSA_VERSION);
        return certificate;
    }

    private String result() {
        return verdict == Verdict.CERTIFIED ? "PASSED" : "FAILED";
    }

    private static String host(String uri) {
        return after("https://", uri);
    }

    private static Release release(String uri) {
        return Release.parse(after(RESOURCE, uri));
    }

    private static String after(String prefix, String text) {
        if (!text.startsWith(prefix)) {
            throw new IllegalArgumentException("must begin with " + prefix);
        }
        return text.substring(prefix.length());
    }

    private static Verdict verdict(String word) {
        try {
            return Verdict.valueOf(word);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be a verdict", e);
        }
    }
}
