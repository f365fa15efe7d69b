package dev.quorate.trust;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Base64Text;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;

/** An X.509 certificate (RFC 5280) of a maker of TPMs or CPUs, as its DER. Nothing in it is verified. */
public final class DerCertificate {
    /** Longest certificate accepted, in bytes. */
    public static final int MAX_BYTES = 8192;

    private static final int SEQUENCE = 0x30;

    private final byte[] der;
    private final X509Certificate certificate;

    private DerCertificate(byte[] der, X509Certificate certificate) {
        this.der = der;
        this.certificate = certificate;
    }

    /**
     * Reads DER, and nothing after it.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static DerCertificate of(byte[] der) {
        // The JDK would take PEM as well, and ignore what follows.
        if (der.length == 0 || der.length > MAX_BYTES || der[0] != SEQUENCE) {
            throw new IllegalArgumentException(
                    "must be an X.509 certificate in DER of at most " + MAX_BYTES + " bytes");
        }
        try {
            var read = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            if (!Arrays.equals(read.getEncoded(), der)) {
                throw new IllegalArgumentException("must be one X.509 certificate in DER and nothing after it");
            }
            return new DerCertificate(der.clone(), read);
        } catch (CertificateException e) {
            throw new IllegalArgumentException("must be an X.509 certificate in DER", e);
        }
    }

    /**
     * Reads base64 of DER.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static DerCertificate parse(String base64) {
        return of(Base64Text.decode(base64));
    }

    /** The DER, a copy. */
    public byte[] bytes() {
        return der.clone();
    }

    /** The JDK's form. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** SHA-256 over the SubjectPublicKeyInfo. */
    public Sha256 keyDigest() {
        return Sha256.of(certificate.getPublicKey().getEncoded());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DerCertificate that && Arrays.equals(der, that.der);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(der);
    }

    @Override
    public String toString() {
        return Base64Text.encode(der);
    }
}
