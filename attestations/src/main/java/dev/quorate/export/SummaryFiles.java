package dev.quorate.export;

import dev.quorate.certificate.Certificate;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.Signer;
import dev.quorate.intoto.Statement;
import dev.quorate.intoto.Subject;
import dev.quorate.json.Json;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;

/**
 * A second VSA, by whoever verified the kit, with our own level string alone: {@code slsa-verifier verify-vsa} refuses
 * every {@code SLSA_} string that is not {@code SLSA_<TRACK>_LEVEL_<n>}, and so the certificate.
 *
 * @param certificate what was verified
 * @param verifier URI of whoever verified it
 * @param policy digest of the policy that it was verified under
 * @param operators how many agree
 * @param enrolled how many builders were asked
 * @param time when it was verified
 */
public record SummaryFiles(
        Certificate certificate, String verifier, Sha256 policy, int operators, int enrolled, Instant time) {
    private static final int LONGEST_ID = 500;

    /** Refuses a name that is none. */
    public SummaryFiles {
        verifier(verifier);
    }

    /**
     * A verifier's URI as a user gives it.
     *
     * @throws IllegalArgumentException unless it is an absolute URI of at most 500 characters of ASCII
     */
    public static String verifier(String text) {
        if (text.length() > LONGEST_ID || !text.matches("[a-z][a-z0-9+.-]*:[!-~]+")) {
            throw new IllegalArgumentException("must be an absolute URI, like https://example.org/verifier");
        }
        return text;
    }

    /** The envelope and the key that signed it, in PEM. */
    public List<ExportedFile> sign(Signer signer) throws GeneralSecurityException {
        Envelope envelope = Envelope.sign(statement().bytes(), signer);
        return List.of(
                ExportedFile.json("slsa-verifier.vsa.json", envelope.json()),
                ExportedFile.text("slsa-verifier.pub", signer.publicKey().pem()));
    }

    private Statement statement() {
        List<Json.Obj> proofs = certificate.proofs().stream()
                .map(proof -> Json.object().put("digest", Subject.digest(proof)).build())
                .toList();
        String level = Certificate.level(operators, enrolled);
        Json.Obj predicate = Json.object()
                .put("verifier", Json.object().put("id", verifier).build())
                .put("timeVerified", time.toString())
                .put("resourceUri", Certificate.RESOURCE + certificate.release())
                .put(
                        "policy",
                        Json.object()
                                .put("uri", Certificate.POLICY)
                                .put("digest", Subject.digest(policy))
                                .build())
                .put("inputAttestations", Json.arr(proofs))
                .put("verificationResult", "PASSED")
                .put("verifiedLevels", Json.strings(List.of(level)))
                .put("slsaVersion", Certificate.SLSA_VERSION)
                .build();
        return new Statement(certificate.subjects(), Certificate.TYPE, predicate);
    }
}
