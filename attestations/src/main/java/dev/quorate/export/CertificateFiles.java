package dev.quorate.export;

import dev.quorate.certificate.Certificate;
import java.util.List;

/** The certificate alone. */
public final class CertificateFiles {
    private CertificateFiles() {}

    /** The envelope, the bundle, and the key that signed, in PEM; nothing if the kit has no certificate. */
    public static List<ExportedFile> of(List<TrustedLine> lines) {
        return lines.stream()
                .filter(line -> line.predicateType().equals(Certificate.TYPE))
                .findFirst()
                .map(line -> List.of(
                        ExportedFile.json(
                                "certificate.dsse.json",
                                line.bundle().envelope().json()),
                        ExportedFile.json(
                                "certificate.sigstore.json", line.bundle().json()),
                        ExportedFile.text(
                                "certifier.pub", line.payload().signedBy().pem())))
                .orElse(List.of());
    }
}
