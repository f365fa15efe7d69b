package dev.quorate.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.fixture.RoundScript;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.kit.Kit;
import dev.quorate.log.SignedNote;
import dev.quorate.log.TlogProof;
import dev.quorate.policy.Policy;
import dev.quorate.spec.RebuildSpec;
import dev.quorate.trust.SignedTrust;
import dev.quorate.verify.Artifact;
import dev.quorate.verify.Refusal;
import dev.quorate.verify.RefusalCode;
import dev.quorate.verify.Verifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs that are too large to be kept as vectors, each refused. */
class HugeInputsTest {
    private static final int DEEP = 100_000;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void assertRefusedEverywhere(byte[] bytes) {
        assertThrows(MalformedException.class, () -> JsonReader.read(bytes, Integer.MAX_VALUE, "x"));
        assertThrows(MalformedException.class, () -> Policy.parse(bytes, "x"));
        assertThrows(MalformedException.class, () -> RebuildSpec.parse(bytes, "x"));
        assertThrows(MalformedException.class, () -> Envelope.parse(bytes, "x"));
        assertThrows(MalformedException.class, () -> SignedTrust.parse(bytes, "x"));
        assertThrows(MalformedException.class, () -> SignedNote.parse(bytes, "x"));
        assertThrows(MalformedException.class, () -> TlogProof.parse(bytes, "x"));
        assertKitRefused(bytes);
    }

    private static void assertKitRefused(byte[] kit) {
        var verifier =
                new Verifier(Golden.SCRIPT.signedTrust(), Golden.SCRIPT.policy(), RoundScript.START, Optional.empty());
        List<RefusalCode> codes =
                verifier.verify(List.of(new Artifact("a", Sha256.of("good"))), kit, "kit").refusals().stream()
                        .map(Refusal::code)
                        .toList();
        assertEquals(List.of(RefusalCode.KIT_MALFORMED), codes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{\"a\":[", "{a: ", "- ", "? "})
    void aDepthOfAHundredThousand(String open) {
        assertRefusedEverywhere(ascii(open.repeat(DEEP) + "\n"));
    }

    @Test
    void aClosedDepthOfAHundredThousand() {
        assertRefusedEverywhere(ascii("{\"a\":" + "[".repeat(DEEP) + "]".repeat(DEEP) + "}\n"));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 5_000, 20_000})
    void depthsThatAFileOfTheRightSizeCanHave(int depth) {
        assertRefusedEverywhere(ascii("[".repeat(depth) + "]".repeat(depth) + "\n"));
        assertRefusedEverywhere(ascii("{a: ".repeat(depth / 2) + "}".repeat(depth / 2) + "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "0.", "1e", "1.5e-"})
    void aNumberOfAMillionDigits(String start) {
        assertRefusedEverywhere(ascii("{\"threshold\":" + start + "9".repeat(1_000_000) + "}\n"));
    }

    @Test
    void aLogIndexOfAMillionDigits() {
        String kit = new String(Golden.kit(), StandardCharsets.UTF_8);
        assertKitRefused(ascii(kit.replaceFirst("\"logIndex\":\"0\"", "\"logIndex\":\"" + "9".repeat(1_000_000) + "\"")
                .replace('\u2014', '-')));
    }

    @Test
    void aTimeOfThreeHundredThousandDigits() {
        String trust = new String(Golden.trust(), StandardCharsets.UTF_8);
        byte[] digits = ascii(trust.replaceFirst("\"expires\":\"", "\"expires\":\"" + "2".repeat(300_000)));
        assertThrows(MalformedException.class, () -> SignedTrust.parse(digits, "x"));
    }

    @Test
    void threeHundredThousandLines() {
        assertKitRefused(ascii("\n".repeat(300_000)));
        assertKitRefused(ascii("{}\n".repeat(300_000)));
        String kit = new String(Golden.kit(), StandardCharsets.UTF_8);
        byte[] line = kit.substring(0, kit.indexOf('\n') + 1).getBytes(StandardCharsets.UTF_8);
        int times = Math.min(300_000, Kit.MAX_BYTES / 4 / line.length);
        byte[] many = new byte[times * line.length];
        for (int i = 0; i < times; i++) {
            System.arraycopy(line, 0, many, i * line.length, line.length);
        }
        assertKitRefused(many);
    }

    @Test
    void aLineOfSixtyFourMegabytes() {
        byte[] line = new byte[64 << 20];
        Arrays.fill(line, (byte) 'a');
        line[line.length - 1] = '\n';
        assertKitRefused(line);
    }

    @Test
    void aMillionNames() {
        var text = new StringBuilder("{");
        for (int i = 0; i < 1_000_000; i++) {
            text.append('"').append(i).append("\":0,");
        }
        byte[] names = ascii(text.append("\"\":0}\n").toString());
        assertThrows(MalformedException.class, () -> SignedTrust.parse(names, "x"));
        assertKitRefused(names);
    }
}
