package dev.quorate.cli.trust;

import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.trust.DerCertificate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** X.509 certificates as makers publish them: one in DER, or any number in PEM. */
final class CertificateFile {
    private static final int MAX_BYTES = 1 << 20;
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]*)-----END CERTIFICATE-----");

    private CertificateFile() {}

    /** All certificates of these files, in order. */
    static List<DerCertificate> all(Surroundings here, List<String> names) throws RefusedException {
        List<DerCertificate> all = new ArrayList<>();
        for (String name : names) {
            all.addAll(read(GivenFile.of(here, name)));
        }
        return all;
    }

    static List<DerCertificate> read(GivenFile file) throws RefusedException {
        byte[] bytes = file.bytes(MAX_BYTES);
        try {
            Matcher blocks = PEM.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
            List<DerCertificate> found = new ArrayList<>();
            while (blocks.find()) {
                found.add(DerCertificate.of(
                        Base64.getDecoder().decode(blocks.group(1).replaceAll("\\s", ""))));
            }
            return found.isEmpty() ? List.of(DerCertificate.of(bytes)) : found;
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    file.printable() + ": holds no X.509 certificate that can be used, in DER or PEM; a certificate "
                            + e.getMessage(),
                    e);
        }
    }
}
