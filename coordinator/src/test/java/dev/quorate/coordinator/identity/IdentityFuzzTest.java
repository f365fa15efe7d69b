package dev.quorate.coordinator.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.quorate.coordinator.desk.Wish;
import dev.quorate.dsse.Base64Text;
import dev.quorate.fixture.Vectors;
import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.trust.DerCertificate;
import dev.quorate.trust.SigstoreRoot;
import dev.quorate.trust.TrustRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What maintainers without a key send. */
class IdentityFuzzTest implements Fuzzed {
    private static final Path DIRECTORY = Path.of("src", "test", "vectors", "keyless_ok");

    @Override
    public List<Target> targets() throws Exception {
        byte[] bundle = Files.readAllBytes(DIRECTORY.resolve("bundle.sigstore.json"));
        byte[] root = Files.readAllBytes(DIRECTORY.resolve("trusted_root.json"));
        TrustRoot trust = IdentityJudgeTest.trust(IdentityJudgeTest.jane(), new SigstoreRoot("private", root));
        return List.of(
                Target.of("keyless-bundle", IdentityFuzzTest::bundle, bundle),
                Target.of("keyless-judged", bytes -> judged(trust, bundle, bytes), bundle)
                        .costly(),
                Target.of("keyless-token", Token::of, token()).refusing(IllegalArgumentException.class),
                Target.of(
                                "keyless-certificate",
                                bytes -> LeafCertificate.of(DerCertificate.of(bytes)),
                                KeylessBundle.parse(bundle, "seed")
                                        .certificate()
                                        .bytes())
                        .refusing(IllegalArgumentException.class)
                        .refusing(UnfitException.class),
                Target.of(
                        "submission-body",
                        IdentityFuzzTest::wish,
                        bundle,
                        CanonicalJson.bytes(Vectors.bundles("agreement_ok")
                                .getFirst()
                                .envelope()
                                .json())));
    }

    private static byte[] token() throws MalformedException {
        return Base64Text.decode(Base64Text.encode(
                Vectors.bundles("time_token_ok").getLast().timestamps().getFirst()));
    }

    private static void bundle(byte[] bytes) throws MalformedException {
        KeylessBundle bundle = KeylessBundle.parse(bytes, "fuzz");
        assertArrayEquals(
                bundle.bytes(), KeylessBundle.parse(bundle.bytes(), "again").bytes());
    }

    private static void wish(byte[] bytes) throws MalformedException {
        Wish.read(Fields.of(JsonReader.read(bytes, KeylessBundle.MAX_BYTES, "fuzz"), "fuzz"))
                .envelope();
    }

    /** Nobody but the golden bundle's maker makes one that is good: what it says is what was signed. */
    private static void judged(TrustRoot trust, byte[] golden, byte[] bytes) throws MalformedException {
        if (IdentityJudgeTest.judge(bytes, trust) instanceof Judged.Good good) {
            assertArrayEquals(
                    KeylessBundle.parse(golden, "golden").signed().orElseThrow().bytes(),
                    good.payload().bytes());
        }
    }
}
