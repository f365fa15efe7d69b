package dev.quorate.it.peers;

import dev.quorate.certificate.Certificate;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Base64Text;
import dev.quorate.inputs.process.Command;
import dev.quorate.it.cluster.CommandLine;
import dev.quorate.it.rounds.CertifiedRound;
import dev.quorate.json.CanonicalJson;
import dev.quorate.proof.Output;
import dev.quorate.proof.OutputSet;
import dev.quorate.spec.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The second VSA of {@code quorate export vsa --key}. slsa-verifier is in no registry that these tests use, so its rules
 * are checked by a program of another language and crypto library that follows them one by one; its signature also by
 * cosign, which shares slsa-verifier's DSSE library.
 */
@Tag("peers")
class SummaryExportTest {
    private static final String ARTIFACT = "what they all built\n";
    private static final String VERIFIER = "https://verifier.example.org/quorate";
    private static final String RELEASE = "https://quorate.dev/release/hello@1.0";
    private static final String LEVEL = "QUORATE_REPRODUCED_3_OF_3";

    @TempDir
    Path directory;

    @BeforeEach
    void export() throws Exception {
        var file = new Output.File(new RelativePath("hello"), true, ARTIFACT.length(), Sha256.of(ARTIFACT));
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(120);
        CertifiedRound round = CertifiedRound.of(start, 3, new OutputSet(List.of(file)));
        Files.write(directory.resolve("kit"), round.kit().bytes());
        Files.write(directory.resolve("trust.json"), round.trust().bytes());
        Files.write(
                directory.resolve("policy.yaml"),
                CanonicalJson.bytes(round.policy().json()));
        var quorate = new CommandLine(directory);
        quorate.require("trust", "key", "-o", "me.key");
        quorate.require(
                ("export vsa kit -o out --trust trust.json --policy policy.yaml --key me.key --verifier " + VERIFIER)
                        .split(" "));
        try (InputStream in = SummaryExportTest.class.getResourceAsStream("slsa-verifier-rules.js")) {
            Files.write(directory.resolve("rules.js"), in.readAllBytes());
        }
        Files.writeString(directory.resolve("artifact"), ARTIFACT);
    }

    private Ran rules(String envelope, String artifact, String verifier, String release, String level)
            throws IOException, InterruptedException {
        List<String> words = List.of(
                "/usr/bin/env",
                "node",
                "rules.js",
                envelope,
                "out/slsa-verifier.pub",
                "sha256:" + Sha256.of(artifact).hex(),
                verifier,
                release,
                level);
        return Ran.of(new Command(words, System.getenv(), directory, Duration.ofMinutes(5)));
    }

    @Test
    void isAcceptedByTheRulesOfSlsaVerifierAndNothingElseIs() throws Exception {
        String vsa = "out/slsa-verifier.vsa.json";
        rules(vsa, ARTIFACT, VERIFIER, RELEASE, LEVEL).assertAccepted();
        rules(vsa, "something else\n", VERIFIER, RELEASE, LEVEL).assertRefused();
        rules(vsa, ARTIFACT, "https://quorate.example", RELEASE, LEVEL).assertRefused();
        rules(vsa, ARTIFACT, VERIFIER, "https://quorate.dev/release/hello@1.1", LEVEL)
                .assertRefused();
        rules(vsa, ARTIFACT, VERIFIER, RELEASE, "QUORATE_REPRODUCED_2_OF_3").assertRefused();
        rules(vsa, ARTIFACT, VERIFIER, RELEASE, "SLSA_BUILD_LEVEL_1").assertRefused();
        Files.writeString(directory.resolve("twin.json"), tampered());
        rules("twin.json", ARTIFACT, VERIFIER, RELEASE, LEVEL).assertRefused();
        rules("twin.json", ARTIFACT, VERIFIER, RELEASE, "QUORATE_REPRODUCED_4_OF_3")
                .assertRefused();
    }

    /** Why there is a second one: should this fail one day, it can go. */
    @Test
    void theCertificateItselfIsRefusedByTheRulesOfSlsaVerifier() throws Exception {
        Files.copy(directory.resolve("out/certifier.pub"), directory.resolve("out/key.pub"));
        String key = Files.readString(directory.resolve("out/key.pub"));
        Files.writeString(directory.resolve("out/slsa-verifier.pub"), key);
        rules("out/certificate.dsse.json", ARTIFACT, "https://quorate.example", RELEASE, LEVEL)
                .assertRefused();
    }

    @Test
    void isSignedAsCosignReadsIt() throws Exception {
        DebianTree tree;
        try {
            tree = DebianTree.sid();
        } catch (IOException e) {
            tree = PeerCache.missing("cosign", e);
        }
        cosign(tree, envelope()).assertAccepted();
        cosign(tree, tampered()).assertRefused();
        Files.writeString(directory.resolve("artifact"), "something else\n");
        cosign(tree, envelope()).assertRefused();
    }

    private Ran cosign(DebianTree tree, String envelope) throws IOException, InterruptedException {
        String bundle = "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"verificationMaterial\":"
                + "{\"publicKey\":{\"hint\":\"\"}},\"dsseEnvelope\":" + envelope + "}";
        Files.writeString(directory.resolve("bundle.json"), bundle);
        List<String> words = List.of(
                "/usr/bin/cosign",
                "verify-blob-attestation",
                "--key",
                "out/slsa-verifier.pub",
                "--bundle",
                "bundle.json",
                "--insecure-ignore-tlog=true",
                "--type",
                Certificate.TYPE,
                "artifact");
        return tree.run(directory, words);
    }

    private String envelope() throws IOException {
        return Files.readString(directory.resolve("out/slsa-verifier.vsa.json"));
    }

    private String tampered() throws IOException {
        String envelope = envelope();
        String payload = envelope.replaceAll(".*\"payload\":\"([^\"]+)\".*\\n", "$1");
        String statement = new String(Base64Text.decode(payload), StandardCharsets.UTF_8);
        String other = statement.replace(LEVEL, "QUORATE_REPRODUCED_4_OF_3");
        return envelope.replace(payload, Base64Text.encode(other.getBytes(StandardCharsets.UTF_8)));
    }
}
