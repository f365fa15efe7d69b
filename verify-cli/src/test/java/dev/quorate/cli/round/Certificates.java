package dev.quorate.cli.round;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** X.509 certificates that are valid for an hour from now. */
public final class Certificates {
    private Certificates() {}

    /** The certificate of a fresh P-256 key, signed by itself. */
    public static X509Certificate selfSigned() throws GeneralSecurityException, OperatorCreationException {
        return selfSigned(KeyPairGenerator.getInstance("EC").generateKeyPair());
    }

    static X509Certificate selfSigned(KeyPair pair) throws GeneralSecurityException, OperatorCreationException {
        var name = new X500Principal("CN=fake");
        Instant now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(now.minusSeconds(3600)),
                Date.from(now.plusSeconds(3600)),
                name,
                pair.getPublic());
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    }
}
