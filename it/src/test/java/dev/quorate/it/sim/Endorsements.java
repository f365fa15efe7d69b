package dev.quorate.it.sim;

import dev.quorate.trust.DerCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;

/** Issues endorsement certificates, really signed and each time the same. */
final class Endorsements {
    private static final KeyPair ROOT = SeededKeys.pair(91);
    private static final X500Name MAKER = new X500Name("CN=Maker");
    private static final KeyPurposeId ENDORSEMENT = KeyPurposeId.getInstance(new ASN1ObjectIdentifier("2.23.133.8.1"));

    private Endorsements() {}

    static DerCertificate root() {
        return issue(MAKER, ROOT, Optional.empty());
    }

    static DerCertificate of(long number) {
        return issue(new X500Name("CN=TPM " + number), SeededKeys.pair(number), Optional.of(ENDORSEMENT));
    }

    private static DerCertificate issue(X500Name name, KeyPair keys, Optional<KeyPurposeId> purpose) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    MAKER,
                    BigInteger.ONE,
                    Date.from(Cast.START.minus(Duration.ofDays(100))),
                    Date.from(Cast.START.plus(Duration.ofDays(3650))),
                    name,
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(purpose.isEmpty()));
            if (purpose.isPresent()) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose.get()));
            }
            return DerCertificate.of(builder.build(new Maker()).getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Past every provider that a run has put in front: an ideal signature is forgotten, and a random one differs. */
    private static final class Maker implements ContentSigner {
        private final ByteArrayOutputStream signed = new ByteArrayOutputStream();

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
                signing.initSign(ROOT.getPrivate());
                signing.update(signed.toByteArray());
                return signing.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
