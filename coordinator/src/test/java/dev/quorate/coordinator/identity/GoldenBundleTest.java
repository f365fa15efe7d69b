package dev.quorate.coordinator.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.identity.IdentityRefusal;
import dev.quorate.json.MalformedException;
import dev.quorate.trust.SigstoreRoot;
import dev.quorate.trust.TrustRoot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * One bundle with its root, byte for byte as {@link Signing} made them once: a change of the judge shows here, and every
 * damaged bundle is nobody's word. {@link #main} makes them anew.
 */
class GoldenBundleTest {
    private static final Path DIRECTORY = Path.of("src", "test", "vectors", "keyless_ok");
    private static final Path BUNDLE = DIRECTORY.resolve("bundle.sigstore.json");
    private static final Path ROOT = DIRECTORY.resolve("trusted_root.json");

    private static TrustRoot trust() throws Exception {
        return IdentityJudgeTest.trust(IdentityJudgeTest.jane(), new SigstoreRoot("private", Files.readAllBytes(ROOT)));
    }

    /** A refusal's name, or GOOD. */
    private static String outcome(byte[] bundle, TrustRoot trust) {
        try {
            return switch (IdentityJudgeTest.judge(bundle, trust)) {
                case Judged.Good good -> "GOOD";
                case Judged.Refused(IdentityRefusal why) -> why.name();
            };
        } catch (MalformedException e) {
            return "MALFORMED";
        }
    }

    /** Makes both anew, with other keys; run in the directory of this module. */
    public static void main(String[] arguments) throws Exception {
        var sigstore = new PrivateSigstore();
        Files.createDirectories(DIRECTORY);
        Files.write(ROOT, sigstore.root("private").document());
        Files.write(BUNDLE, new Signing(sigstore, IdentityJudgeTest.STATEMENT).bundle());
    }

    @Test
    void itIsGood() throws Exception {
        assertInstanceOf(Judged.Good.class, IdentityJudgeTest.judge(Files.readAllBytes(BUNDLE), trust()));
    }

    @Test
    void aCheckpointOfAHundredThousandLinesIsNobodysWord() throws Exception {
        String bundle = Files.readString(BUNDLE);
        String longer = bundle.replace("\\n\\n\u2014 ", "\\n" + "a\\n".repeat(100_000) + "\\n\u2014 ");
        assertNotEquals(bundle, longer);
        assertNotEquals("GOOD", outcome(longer.getBytes(StandardCharsets.UTF_8), trust()));
    }

    @Test
    void noFlippedBitIsGood() throws Exception {
        byte[] bundle = Files.readAllBytes(BUNDLE);
        TrustRoot trust = trust();
        var outcomes = new TreeMap<String, Integer>();
        for (int bit = 0; bit < bundle.length * 8; bit++) {
            byte[] flipped = bundle.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            String outcome = outcome(flipped, trust);
            assertNotEquals("GOOD", outcome, "bit " + bit + " of " + BUNDLE);
            outcomes.merge(outcome, 1, Integer::sum);
        }
        // Damage reaches every stage, sigstore-java's own checks included.
        assertTrue(
                outcomes.keySet()
                        .containsAll(List.of(
                                "MALFORMED",
                                "CERTIFICATE_UNFIT",
                                "SIGNATURE_INVALID",
                                "ENTRY_OTHER",
                                "LOG_UNKNOWN",
                                "ENTRY_TIMESTAMP_INVALID",
                                "INCLUSION_INVALID",
                                "CHECKPOINT_INVALID")),
                outcomes.toString());
    }

    @Test
    void noTruncatedBundleIsGood() throws Exception {
        byte[] bundle = Files.readAllBytes(BUNDLE);
        TrustRoot trust = trust();
        for (int length = 0; length < bundle.length; length++) {
            assertEquals("MALFORMED", outcome(Arrays.copyOf(bundle, length), trust), "after " + length + " bytes");
        }
    }
}
