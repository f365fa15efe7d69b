package dev.quorate.coordinator.ca;

import dev.quorate.digest.Sha256;
import dev.quorate.round.BuilderId;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** {@link CertifiedHost} as subject alternative names. */
final class CertifiedNames {
    private static final String PREFIX = "https://quorate.dev/certificate/v1/";

    private CertifiedNames() {}

    static GeneralNames write(CertifiedHost host) {
        return new GeneralNames(new GeneralName[] {
            name("builder", host.builder().text()),
            name("operator", host.operator()),
            name("zone", host.zone()),
            name("host", host.host().hex()),
            name("evidence", host.evidence().hex())
        });
    }

    private static GeneralName name(String what, String value) {
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
        return new GeneralName(GeneralName.uniformResourceIdentifier, PREFIX + what + "/" + encoded);
    }

    /** Empty for a certificate that does not have exactly these names. */
    static Optional<CertifiedHost> read(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            Map<String, String> values = new TreeMap<>();
            for (List<?> name : names == null ? List.<List<?>>of() : names) {
                String uri = String.valueOf(name.getLast());
                int slash = uri.indexOf('/', PREFIX.length());
                if (uri.startsWith(PREFIX) && slash > 0) {
                    values.put(
                            uri.substring(PREFIX.length(), slash),
                            URLDecoder.decode(uri.substring(slash + 1), StandardCharsets.UTF_8));
                }
            }
            return Optional.of(new CertifiedHost(
                    BuilderId.parse(values.getOrDefault("builder", "")),
                    values.getOrDefault("operator", ""),
                    values.getOrDefault("zone", ""),
                    Sha256.parse(values.getOrDefault("host", "")),
                    Sha256.parse(values.getOrDefault("evidence", ""))));
        } catch (CertificateParsingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
