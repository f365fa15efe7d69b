package dev.quorate.digest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Sha256Test {
    // FIPS 180-4 example.
    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void hashesTheStandardsExample() {
        assertEquals(OF_ABC, Sha256.of("abc").hex());
        assertEquals(Sha256.of("abc"), Sha256.parse(OF_ABC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ba78", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"})
    void refusesWhatIsNot64LowerCaseDigits(String text) {
        assertThrows(IllegalArgumentException.class, () -> Sha256.parse(text));
        assertThrows(IllegalArgumentException.class, () -> Sha256.parse(OF_ABC.replace('b', 'g')));
        assertThrows(IllegalArgumentException.class, () -> Sha256.parse(OF_ABC.replace('1', '\uff11')));
    }

    @Test
    void givesOutAndKeepsCopies() {
        byte[] bytes = Sha256.of("abc").bytes();
        Sha256 digest = Sha256.ofDigest(bytes);
        bytes[0] ^= 1;
        digest.bytes()[1] ^= 1;
        assertArrayEquals(Sha256.of("abc").bytes(), digest.bytes());
        assertThrows(IllegalArgumentException.class, () -> Sha256.ofDigest(new byte[20]));
    }

    @Test
    void ordersByUnsignedBytes() {
        var low = Sha256.parse("7f" + "00".repeat(31));
        var high = Sha256.parse("80" + "00".repeat(31));
        assertEquals(-1, Integer.signum(low.compareTo(high)));
    }
}
