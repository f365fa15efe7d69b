package dev.quorate.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quorate.fixture.SoftTpm;
import dev.quorate.fixture.Vectors;
import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.intoto.Instants;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.MalformedException;
import java.util.List;

class TrustFuzzTest implements Fuzzed {
    private static final byte[] GOLDEN = Vectors.file("agreement_ok", "trust.json");

    @Override
    public List<Target> targets() {
        return List.of(
                Target.of("trust", TrustFuzzTest::trust, GOLDEN, Vectors.file("sealed_certifier_ok", "trust.json")),
                Target.of("trust-of-tokens", TrustFuzzTest::trust, Vectors.file("time_token_ok", "trust.json")),
                Target.of(
                                "certificate",
                                bytes -> assertArrayEquals(
                                        bytes, DerCertificate.of(bytes).bytes()),
                                SoftTpm.certificate("ek1").bytes(),
                                SoftTpm.certificate("root").bytes())
                        .refusing(IllegalArgumentException.class),
                Target.text("chip-id", ChipId::parse, "ab".repeat(64)),
                Target.text("launch-digest", LaunchDigest::parse, "ab".repeat(48)),
                Target.text("instant", Instants::parse, "2026-11-23T13:00:00Z"));
    }

    /** A trust root is its JSON, and its signatures are over nothing else. */
    private static void trust(byte[] bytes) throws MalformedException {
        SignedTrust signed = SignedTrust.parse(bytes, "fuzz");
        TrustRoot again = TrustRoot.read(Fields.of(signed.trust().json(), "again"));
        assertEquals(CanonicalJson.write(signed.trust().json()), CanonicalJson.write(again.json()));
        if (signed.verifyAlone().isPresent()) {
            // Mutants cannot sign, so these are the words that were signed.
            List<TrustRoot> golden = List.of(
                    SignedTrust.parse(GOLDEN, "golden").trust(),
                    Vectors.trust("sealed_certifier_ok").trust(),
                    Vectors.trust("time_token_ok").trust());
            assertEquals(
                    true,
                    golden.stream()
                            .anyMatch(one -> CanonicalJson.write(one.json())
                                    .equals(CanonicalJson.write(signed.trust().json()))));
        }
    }
}
