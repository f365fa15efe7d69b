package dev.quorate.it.sim;

import dev.quorate.trust.DerCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;

/** Issues certificates, really signed and each time the same. */
final class Issuer {
    private Issuer() {}

    /** A certificate for one purpose or, without one, of an authority. */
    static X509CertificateHolder issue(
            X500Name issuer, KeyPair issuing, X500Name name, KeyPair keys, Optional<KeyPurposeId> purpose) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    BigInteger.ONE,
                    Date.from(Cast.START.minus(Duration.ofDays(100))),
                    Date.from(Cast.START.plus(Duration.ofDays(3650))),
                    name,
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(purpose.isEmpty()));
            if (purpose.isPresent()) {
                builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose.get()));
            }
            return builder.build(new Signing(issuing.getPrivate()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static DerCertificate der(X509CertificateHolder certificate) {
        try {
            return DerCertificate.of(certificate.getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Past every provider that a run has put in front: an ideal signature is forgotten, and a random one differs. */
    private static final class Signing implements ContentSigner {
        private final ByteArrayOutputStream signed = new ByteArrayOutputStream();
        private final PrivateKey key;

        Signing(PrivateKey key) {
            this.key = key;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        }

        @Override
        public OutputStream getOutputStream() {
            return signed;
        }

        @Override
        public byte[] getSignature() {
            try {
                Signature signing = Signature.getInstance("SHA256WITHECDDSA", new BouncyCastleProvider());
                signing.initSign(key);
                signing.update(signed.toByteArray());
                return signing.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
