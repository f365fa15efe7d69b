package dev.quorate.mutation;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import dev.quorate.certificate.Certificate;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.Signer;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.fixture.RoundScript;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.json.YamlReader;
import dev.quorate.kit.Kit;
import dev.quorate.log.CheckpointVerifier;
import dev.quorate.log.SignedNote;
import dev.quorate.log.TlogProof;
import dev.quorate.policy.Policy;
import dev.quorate.proof.BuildProof;
import dev.quorate.round.Commitment;
import dev.quorate.round.RoundOpening;
import dev.quorate.spec.RebuildSpec;
import dev.quorate.trust.SignedTrust;
import dev.quorate.verify.Artifact;
import dev.quorate.verify.Verifier;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is done to a good input, a parser gives a value or says what is malformed, and does nothing else. */
class ParserMutationTest {
    private static final int SEEDS = 8;
    /** Mutants a seed; {@code -Dquorate.mutants=5000} makes a night of it. */
    private static final int MUTANTS = Integer.getInteger("quorate.mutants", 60);

    private static final int MAX = 1 << 20;

    private interface Parser {
        Object parse(byte[] bytes) throws MalformedException;
    }

    private record Subject(byte[] golden, Parser parser) {}

    private static final Signer SIGNER = RoundScript.stranger();
    private static final Map<String, Subject> BYTES = new TreeMap<>(Map.of(
            "JsonReader", new Subject(Golden.trust(), bytes -> JsonReader.read(bytes, MAX, "x")),
            "YamlReader", new Subject(Golden.SPEC, bytes -> YamlReader.read(bytes, MAX, "x")),
            "Policy", new Subject(Golden.POLICY, bytes -> Policy.parse(bytes, "x")),
            "RebuildSpec", new Subject(Golden.SPEC, bytes -> RebuildSpec.parse(bytes, "x")),
            "Envelope", new Subject(Golden.envelope(), bytes -> Envelope.parse(bytes, "x")),
            "Kit", new Subject(Golden.kit(), bytes -> Kit.parse(bytes, "x")),
            "SignedTrust", new Subject(Golden.trust(), bytes -> SignedTrust.parse(bytes, "x")),
            "SignedNote", new Subject(Golden.note(), bytes -> SignedNote.parse(bytes, "x")),
            "Checkpoint", new Subject(Golden.note(), bytes -> checkpoints().verify(bytes)),
            "TlogProof", new Subject(Golden.tlogProof(), bytes -> tlogProof(bytes))));

    private static final Map<String, Subject> TREES = new TreeMap<>(Map.of(
            "Policy", new Subject(yaml(Golden.POLICY), bytes -> Policy.parse(bytes, "x")),
            "RebuildSpec", new Subject(yaml(Golden.SPEC), bytes -> RebuildSpec.parse(bytes, "x")),
            "Envelope", new Subject(Golden.envelope(), bytes -> Envelope.parse(bytes, "x")),
            "Bundle", new Subject(firstLine(), bytes -> kit(bytes)),
            "SignedTrust", new Subject(Golden.trust(), bytes -> trust(bytes)),
            "RoundOpening", new Subject(payload(0), bytes -> RoundOpening.parse(signed(bytes))),
            "Commitment", new Subject(payload(1), bytes -> Commitment.parse(signed(bytes))),
            "BuildProof", new Subject(payload(3), bytes -> BuildProof.parse(signed(bytes))),
            "Certificate", new Subject(payload(5), bytes -> Certificate.parse(signed(bytes)))));

    private static CheckpointVerifier checkpoints() {
        return new CheckpointVerifier(
                Golden.SCRIPT.log().key(), Golden.SCRIPT.log().witnessKeys(), 1);
    }

    private static Object tlogProof(byte[] bytes) throws MalformedException {
        return TlogProof.parse(bytes, "x").verify(Sha256.of("leaf"), checkpoints());
    }

    private static byte[] yaml(byte[] yaml) {
        try {
            return CanonicalJson.bytes(YamlReader.read(yaml, MAX, "x").json());
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] firstLine() {
        String kit = new String(Golden.kit(), StandardCharsets.UTF_8);
        return kit.substring(0, kit.indexOf('\n')).getBytes(StandardCharsets.UTF_8);
    }

    private static Object kit(byte[] line) {
        byte[] kit = (new String(line, StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8);
        return new Verifier(Golden.SCRIPT.signedTrust(), Golden.SCRIPT.policy(), RoundScript.START, Optional.empty())
                .verify(List.of(new Artifact("a", Sha256.of("good"))), kit, "x");
    }

    /** What can be read must also be usable: verified, and a kit checked under it. */
    private static Object trust(byte[] bytes) throws MalformedException {
        SignedTrust read = SignedTrust.parse(bytes, "x");
        SignedTrust signed = Golden.SCRIPT.signed(read.trust());
        return new Verifier(signed, Golden.SCRIPT.policy(), RoundScript.START, Optional.empty())
                .verify(List.of(new Artifact("a", Sha256.of("good"))), Golden.kit(), "x");
    }

    private static byte[] payload(int line) {
        Json payload = Golden.BUNDLES.get(line).envelope().json().members().get("payload");
        return Base64.getDecoder().decode(((Json.Str) payload).value());
    }

    private static VerifiedPayload signed(byte[] payload) {
        try {
            return Envelope.sign(payload, SIGNER).verify(SIGNER.publicKey()).orElseThrow();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<Arguments> seeds(Map<String, Subject> subjects) {
        return subjects.keySet().stream()
                .flatMap(name ->
                        Stream.iterate(1L, seed -> seed + 1).limit(SEEDS).map(seed -> Arguments.of(name, seed)));
    }

    static Stream<Arguments> byteSeeds() {
        return seeds(BYTES);
    }

    static Stream<Arguments> treeSeeds() {
        return seeds(TREES);
    }

    @ParameterizedTest(name = "{0} seed {1}")
    @MethodSource("byteSeeds")
    void spoiledBytesEndInAValueOrASentence(String name, long seed) {
        var mutator = new ByteMutator(new Random(seed));
        Subject subject = BYTES.get(name);
        run(subject.parser(), seed, i -> mutator.mutate(subject.golden()));
    }

    @ParameterizedTest(name = "{0} seed {1}")
    @MethodSource("treeSeeds")
    void spoiledTreesEndInAValueOrASentence(String name, long seed) throws MalformedException {
        var mutator = new TreeMutator(new Random(seed));
        Subject subject = TREES.get(name);
        Json golden = JsonReader.read(subject.golden(), MAX, "golden");
        run(subject.parser(), seed, i -> CanonicalJson.bytes(mutator.mutate(golden)));
    }

    @Test
    void theGoldenInputsAreRead() {
        BYTES.values().forEach(s -> assertDoesNotThrow(() -> s.parser().parse(s.golden())));
        TREES.values().forEach(s -> assertDoesNotThrow(() -> s.parser().parse(s.golden())));
    }

    private static void run(Parser parser, long seed, Function<Integer, byte[]> mutants) {
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = mutants.apply(i);
            try {
                parser.parse(mutant);
            } catch (MalformedException e) {
                assertFalse(e.getMessage().contains("null, not"), e::getMessage);
                e.getMessage().codePoints().forEach(c -> assertFalse(Character.isISOControl(c), e::getMessage));
            } catch (RuntimeException | StackOverflowError e) {
                fail(
                        "seed " + seed + " mutant " + i + ": "
                                + new String(mutant, 0, Math.min(mutant.length, 300), StandardCharsets.ISO_8859_1),
                        e);
            }
        }
    }
}
