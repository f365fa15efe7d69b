package dev.quorate.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.quorate.digest.Sha256;
import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.Specs;
import dev.quorate.trust.SignedTrust;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A kit changed anywhere never verifies, and never ends in anything but a report. */
class KitMutationTest {
    private static final List<Artifact> ARTIFACT = List.of(new Artifact("hello", Sha256.of("good")));

    /** All bits, in place of one of each byte; this takes minutes and finds the same places. */
    private static final boolean EVERY_BIT = Boolean.getBoolean("quorate.everyBit");

    private static byte[] kit;
    private static Verifier verifier;

    @BeforeAll
    static void certify() {
        RoundScript script = new RoundScript(Policies.witnessed(2, 1), 1)
                .builder("b1")
                .builder("b2")
                .open()
                .agree(Specs.built("good"))
                .certify();
        kit = script.kit();
        SignedTrust trust = script.signedTrust();
        verifier = new Verifier(trust, script.policy(), RoundScript.START.plusSeconds(3600), Optional.empty());
    }

    private static Report.Outcome outcome(byte[] bytes) {
        return verifier.verify(ARTIFACT, bytes, "kit").outcome();
    }

    @Test
    void theGoldenKitVerifies() {
        assertEquals(Report.Outcome.VERIFIED, outcome(kit));
    }

    @Test
    void noFlippedBitVerifies() {
        IntStream.range(0, 8 * kit.length)
                .filter(bit -> EVERY_BIT || bit % 8 == bit / 8 % 8)
                .parallel()
                .forEach(bit -> {
                    byte[] mutant = kit.clone();
                    mutant[bit / 8] ^= (byte) (1 << bit % 8);
                    assertNotEquals(Report.Outcome.VERIFIED, outcome(mutant), context(bit / 8));
                });
    }

    private static String context(int at) {
        int from = Math.max(0, at - 40);
        return "byte " + at + ", after " + new String(kit, from, at - from, StandardCharsets.ISO_8859_1);
    }

    @Test
    void noTruncationVerifies() {
        IntStream.range(0, kit.length)
                .parallel()
                .forEach(length -> assertNotEquals(
                        Report.Outcome.VERIFIED, outcome(Arrays.copyOf(kit, length)), "length " + length));
    }
}
