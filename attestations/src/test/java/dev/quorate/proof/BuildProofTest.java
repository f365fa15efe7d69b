package dev.quorate.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.export.BuilderLink;
import dev.quorate.export.Functionary;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Nonce;
import dev.quorate.round.RoundId;
import dev.quorate.spec.RelativePath;
import dev.quorate.spec.SpecDigest;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The signature over a link that a proof may carry. */
class BuildProofTest {
    private static final Instant TIME = Instant.parse("2026-11-25T10:00:00Z");
    private static final OutputSet OUTPUTS =
            new OutputSet(List.of(new Output.File(RelativePath.parse("hello"), true, 5, Sha256.of("hello"))));

    private final KeyPairSigner signer = new KeyPairSigner(KeyPairSigner.generate());

    private static BuildProof proof() {
        return new BuildProof(
                new SpecDigest(Sha256.of("spec")),
                RoundId.ofRandom(new byte[16]),
                new BuilderId("b1"),
                new Outcome.Built(OUTPUTS),
                Nonce.of(new byte[32]),
                OptionalLong.of(3),
                List.of(),
                Sha256.of("log"),
                Sha256.of("environment"),
                TIME,
                TIME);
    }

    private BuildProof read(String statement) throws Exception {
        byte[] bytes = statement.getBytes(StandardCharsets.UTF_8);
        return BuildProof.parse(
                Envelope.sign(bytes, signer).verify(signer.publicKey()).orElseThrow());
    }

    private static String text(BuildProof proof) {
        return new String(proof.statement().bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void aLinkSurvivesItsProof() throws Exception {
        var builder = new Functionary(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        var link = new BuilderLink(OUTPUTS);
        BuildProof linked = proof().with(link.sign(builder));
        assertEquals(linked, read(text(linked)));
        assertTrue(link.isSignedBy(builder.key(), linked.link().orElseThrow()));
        var other = new BuilderLink(
                new OutputSet(List.of(new Output.File(RelativePath.parse("hello"), true, 5, Sha256.of("hallo")))));
        assertFalse(other.isSignedBy(builder.key(), linked.link().orElseThrow()));
    }

    @Test
    void theEvidenceOfItsHostIsADependencyOfTheBuilder() throws Exception {
        Sha256 evidence = Sha256.of("evidence");
        BuildProof shown = proof().on(evidence);
        assertEquals(shown, read(text(shown)));
        String dependency = "\"builderDependencies\":[{\"digest\":{\"sha256\":\"" + evidence
                + "\"},\"uri\":\"https://quorate.dev/evidence/sha256:" + evidence + "\"}]";
        assertTrue(text(shown).contains(dependency), text(shown));
        assertFalse(text(proof()).contains("builderDependencies"), text(proof()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "null", "[]", "[7]", "[{}]", "[{\"uri\":\"https://other.example/\",\"digest\":7}]"})
    void whatIsNoEvidenceIsAsIfItWereAbsent(String value) throws Exception {
        String odd = text(proof()).replace("\"builder\":{", "\"builder\":{\"builderDependencies\":" + value + ",");
        assertFalse(odd.equals(text(proof())));
        assertEquals(proof(), read(odd));
    }

    /** Verifiers of before ignore the member; what they count must count here too. */
    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"AAAA\"", "\"no base64\"", "7", "null", "[]", "{\"x\":1}"})
    void whatIsNoLinkIsAsIfItWereAbsent(String value) throws Exception {
        String plain = text(proof());
        String odd = plain.replace("\"nonce\":", "\"link\":" + value + ",\"nonce\":");
        assertFalse(odd.equals(plain));
        assertEquals(proof(), read(odd));
        assertEquals(Optional.empty(), read(odd).link());
    }
}
