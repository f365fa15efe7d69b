package dev.quorate.coordinator.keys;

import dev.quorate.coordinator.config.ConfigException;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.key.FileKey;
import dev.quorate.key.UnusableKeyException;
import dev.quorate.trust.TrustedBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The authority that certifies keys of hosts which have shown their state (docs/formats.md, 10). Nothing but the
 * coordinator itself relies on it: whoever checks a kit looks at the evidence in it.
 */
public final class HostAuthority {
    private static final int SERIAL_BYTES = 16;

    private final KeyPair pair;
    private final String name;

    private HostAuthority(KeyPair pair, String name) {
        this.pair = pair;
        this.name = name;
    }

    /**
     * The authority of a directory; its key is made if there is none.
     *
     * @param name the coordinator's
     */
    public static HostAuthority openOrMake(Path directory, String name) throws ConfigException, IOException {
        var key = new FileKey(directory.resolve("hosts.pem"));
        if (Files.notExists(key.path())) {
            key.make();
        }
        try {
            KeyPair pair = key.pair();
            PrivateFiles.writePublic(
                    directory.resolve("hosts.pub"), P256Key.of(pair.getPublic()).pem());
            return new HostAuthority(pair, "CN=" + name + " hosts");
        } catch (UnusableKeyException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }

    /**
     * Certifies a key.
     *
     * @param evidence digest of the envelope that was judged good
     */
    public X509Certificate certify(
            TrustedBuilder builder, P256Key key, Sha256 evidence, Instant now, Duration lifetime) {
        Instant from = now.truncatedTo(ChronoUnit.SECONDS);
        try {
            var draft = new X509v3CertificateBuilder(
                    new X500Name(name),
                    serial(evidence),
                    Date.from(from),
                    Date.from(from.plus(lifetime)),
                    new X500Name("CN=" + builder.id()),
                    SubjectPublicKeyInfo.getInstance(key.spki()));
            draft.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            draft.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            draft.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
            draft.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                uri("https://quorate.dev/builder/" + builder.id()),
                uri("https://quorate.dev/operator/" + builder.operator()),
                uri("https://quorate.dev/zone/" + builder.zone()),
                uri("https://quorate.dev/evidence/sha256:" + evidence.hex())
            }));
            byte[] der = draft.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                    .getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("every JDK signs with P-256 and reads what it signed", e);
        }
    }

    /** Positive, and another one for other evidence. */
    private static BigInteger serial(Sha256 evidence) {
        return new BigInteger(1, Arrays.copyOf(evidence.bytes(), SERIAL_BYTES))
                .shiftRight(1)
                .setBit(126);
    }

    private static GeneralName uri(String text) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, text);
    }

    /** Whether a certificate is of this authority. */
    public boolean issued(X509Certificate certificate) {
        if (!certificate.getIssuerX500Principal().equals(new X500Principal(name))) {
            return false;
        }
        try {
            certificate.verify(pair.getPublic());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
