package dev.quorate.agent.identity;

import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.Signer;
import dev.quorate.round.BuilderId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/**
 * A fresh TLS key and the certificate that binds it to a builder for a while.
 *
 * @param renewal when to make the next one: long before this one ends
 */
record ClientCertificate(PrivateKey key, X509Certificate certificate, Instant renewal) {
    private static final Duration VALIDITY = Duration.ofHours(4);

    /** Clocks differ: the certificate is valid a little before it was made. */
    private static final Duration SKEW = Duration.ofMinutes(10);

    private static final int SERIAL_BITS = 127;

    static ClientCertificate make(BuilderId builder, Signer signer, Instant now) throws GeneralSecurityException {
        KeyPair pair = KeyPairSigner.generate();
        try {
            byte[] der = builder(builder, pair, now)
                    .build(new EcdsaContentSigner(signer))
                    .getEncoded();
            var certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            return new ClientCertificate(pair.getPrivate(), certificate, now.plus(VALIDITY.dividedBy(2)));
        } catch (IOException e) {
            throw new GeneralSecurityException("a client certificate could not be encoded", e);
        }
    }

    private static X509v3CertificateBuilder builder(BuilderId builder, KeyPair pair, Instant now) throws IOException {
        var draft = new X509v3CertificateBuilder(
                new X500Name("CN=" + builder + " signing key"),
                new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE),
                Date.from(now.minus(SKEW)),
                Date.from(now.plus(VALIDITY)),
                new X500Name("CN=" + builder),
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
        draft.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        draft.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
        return draft;
    }
}
