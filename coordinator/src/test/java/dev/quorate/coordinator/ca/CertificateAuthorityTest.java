package dev.quorate.coordinator.ca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.round.BuilderId;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CertificateAuthorityTest {
    private static final Instant NOW = Instant.now();
    private static final CertifiedHost HOST = new CertifiedHost(
            new BuilderId("b1"), "Ünion & Söhne / 1", "zone 50%+", Sha256.of(new byte[] {1}), Sha256.of(new byte[] {2
            }));

    private final CertificateAuthority authority =
            new CertificateAuthority(KeyPairSigner.generate(), "quorate.example");
    private final P256Key key = P256Key.of(KeyPairSigner.generate().getPublic());

    @Test
    void whatIsCertifiedIsReadBack() throws Exception {
        X509Certificate certificate = authority.certify(key, HOST, NOW);
        assertEquals(Optional.of(HOST), authority.read(certificate));
        assertEquals(key, P256Key.of(certificate.getPublicKey()));
        assertEquals(List.of("1.3.6.1.5.5.7.3.2"), certificate.getExtendedKeyUsage());
        assertTrue(certificate.getNotAfter().toInstant().isBefore(NOW.plus(Duration.ofHours(5))));
    }

    @Test
    void stockChainValidationAcceptsIt() throws Exception {
        var parameters = new PKIXParameters(Set.of(new TrustAnchor(authority.root(NOW), null)));
        parameters.setRevocationEnabled(false);
        var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(authority.certify(key, HOST, NOW)));
        CertPathValidator.getInstance("PKIX").validate(path, parameters);
    }

    @Test
    void anothersCertificateAndTheRootSayNothing() {
        var other = new CertificateAuthority(KeyPairSigner.generate(), "quorate.example");
        assertEquals(Optional.empty(), authority.read(other.certify(key, HOST, NOW)));
        assertEquals(Optional.empty(), authority.read(authority.root(NOW)));
    }
}
