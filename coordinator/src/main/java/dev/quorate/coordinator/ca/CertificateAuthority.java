package dev.quorate.coordinator.ca;

import dev.quorate.dsse.P256Key;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certifies keys of measured hosts, and tells its own certificates from others. Safe for many threads. */
public final class CertificateAuthority {
    /** How long a client certificate is valid. */
    public static final Duration VALIDITY = Duration.ofHours(4);

    private static final Duration ROOT_VALIDITY = Duration.ofDays(3650);

    /** Clocks differ: a certificate is valid a little before it was made. */
    private static final Duration SKEW = Duration.ofMinutes(10);

    private static final int SERIAL_BITS = 127;

    private final KeyPair pair;
    private final X500Name name;
    private final SecureRandom random = new SecureRandom();

    /**
     * Certifies with a P-256 key.
     *
     * @param coordinator the certifier's name
     */
    public CertificateAuthority(KeyPair pair, String coordinator) {
        this.pair = pair;
        this.name = new X500Name("CN=" + coordinator + " builders");
    }

    /** Its own certificate, which it signs itself. */
    public X509Certificate root(Instant now) {
        JcaX509v3CertificateBuilder draft = draft(name, P256Key.of(pair.getPublic()), now, ROOT_VALIDITY);
        return signed(draft, true, Optional.empty());
    }

    /** A client certificate for a key whose host's evidence was found good. */
    public X509Certificate certify(P256Key key, CertifiedHost host, Instant now) {
        return signed(draft(new X500Name("CN=" + host.builder()), key, now, VALIDITY), false, Optional.of(host));
    }

    /** What a certificate says, if it is one of these; whether it is valid now is the caller's to ask. */
    public Optional<CertifiedHost> read(X509Certificate certificate) {
        try {
            certificate.verify(pair.getPublic());
            return certificate.getBasicConstraints() < 0 ? CertifiedNames.read(certificate) : Optional.empty();
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private JcaX509v3CertificateBuilder draft(X500Name subject, P256Key key, Instant now, Duration validity) {
        return new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                Date.from(now.minus(SKEW)),
                Date.from(now.plus(validity)),
                subject,
                key.publicKey());
    }

    private X509Certificate signed(JcaX509v3CertificateBuilder draft, boolean isRoot, Optional<CertifiedHost> host) {
        try {
            draft.addExtension(Extension.basicConstraints, true, new BasicConstraints(isRoot));
            int usage = isRoot ? KeyUsage.keyCertSign : KeyUsage.digitalSignature;
            draft.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            if (host.isPresent()) {
                draft.addExtension(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
                draft.addExtension(Extension.subjectAlternativeName, false, CertifiedNames.write(host.get()));
            }
            byte[] der = draft.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                    .getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("every JDK signs with P-256", e);
        }
    }
}
