package dev.quorate.agent.identity;

import dev.quorate.digest.Sha256;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.X509TrustManager;

/** The certificates, one of which the coordinator must show. Two while it is being replaced. */
public final class PinnedCertificates {
    private static final int MOST = 8;

    private final Path file;
    private final List<X509Certificate> certificates;

    private PinnedCertificates(Path file, List<X509Certificate> certificates) {
        this.file = file;
        this.certificates = List.copyOf(certificates);
    }

    /** Reads a PEM file. */
    public static PinnedCertificates read(Path file) throws UnusableFileException {
        List<byte[]> blocks = PemFile.read(file, "CERTIFICATE");
        if (blocks.size() > MOST) {
            throw new UnusableFileException(file, "must hold at most " + MOST + " certificates");
        }
        List<X509Certificate> certificates = new ArrayList<>();
        for (byte[] der : blocks) {
            try {
                certificates.add((X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
            } catch (CertificateException e) {
                throw new UnusableFileException(
                        file, "holds a damaged certificate; copy it from the coordinator again");
            }
        }
        return new PinnedCertificates(file, certificates);
    }

    /** Trusts exactly these. */
    X509TrustManager trustManager() throws UnusableFileException {
        // The JDK adds its host name check to a plain trust manager, and leaves an extended one to itself.
        return namesHosts() ? new PinnedTrust(this) : new NamelessPinnedTrust(this);
    }

    /** Refuses a certificate that is not pinned. */
    void require(X509Certificate[] chain) throws CertificateException {
        if (chain == null || chain.length == 0 || !certificates.contains(chain[0])) {
            String shown = chain == null || chain.length == 0
                    ? "no certificate"
                    : "a certificate with SHA-256 " + Sha256.of(chain[0].getEncoded());
            throw new CertificateException("the coordinator shows " + shown + ", which is not the one in " + file
                    + "; if it was replaced on purpose, copy the new one there");
        }
        chain[0].checkValidity();
    }

    private boolean namesHosts() throws UnusableFileException {
        try {
            for (X509Certificate certificate : certificates) {
                if (certificate.getSubjectAlternativeNames() != null) {
                    return true;
                }
            }
            return false;
        } catch (CertificateParsingException e) {
            throw new UnusableFileException(file, "holds a certificate with unreadable names");
        }
    }
}
