package dev.quorate.coordinator.enrol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.coordinator.desk.RefusedException;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.trust.DerCertificate;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a coordinator enrols is what a trust root can hold. */
class EndorsementTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final DerCertificate endorsement = SoftTpm.certificate("t1");
    private final List<X509Certificate> makers =
            List.of(SoftTpm.certificate("maker").certificate());

    @Test
    void aCertificateInDerIsTaken() throws Exception {
        assertEquals(
                endorsement.keyDigest(),
                Endorsement.of(endorsement.bytes(), makers, NOW).host());
    }

    @Test
    void noOtherSpellingIs() {
        byte[] der = endorsement.bytes();
        byte[] pem = ("-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(der)
                        + "\n-----END CERTIFICATE-----\n")
                .getBytes(StandardCharsets.US_ASCII);
        for (byte[] other : List.of(pem, Arrays.copyOf(der, der.length + 1), new byte[0])) {
            String sentence = assertThrows(RefusedException.class, () -> Endorsement.of(other, makers, NOW))
                    .getMessage();
            assertTrue(sentence.startsWith("it must be"), sentence);
        }
    }
}
