package dev.quorate.coordinator.keys;

import dev.quorate.coordinator.config.Listen;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A server certificate that agents pin, for coordinators that bring none of their own. */
final class SelfSigned {
    private static final Duration SLACK = Duration.ofDays(1);
    private static final Duration LIFE = Duration.ofDays(3650);

    private SelfSigned() {}

    static String pem(KeyPair pair, String name, Listen listen, Instant now) throws IOException {
        var subject = new X500Name("CN=" + name);
        var builder = new JcaX509v3CertificateBuilder(
                subject,
                new BigInteger(127, new SecureRandom()),
                Date.from(now.minus(SLACK)),
                Date.from(now.plus(LIFE)),
                subject,
                pair.getPublic());
        builder.addExtension(Extension.subjectAlternativeName, false, names(name, listen));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        try {
            X509CertificateHolder certificate =
                    builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
            var text = new StringWriter();
            try (var writer = new JcaPEMWriter(text)) {
                writer.writeObject(certificate);
            }
            return text.toString();
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("every JDK signs with P-256", e);
        }
    }

    private static GeneralNames names(String name, Listen listen) {
        Set<GeneralName> names = new LinkedHashSet<>();
        names.add(general(listen.host()));
        names.add(general(name));
        names.add(general("localhost"));
        names.add(general("127.0.0.1"));
        return new GeneralNames(names.toArray(new GeneralName[0]));
    }

    private static GeneralName general(String host) {
        boolean address = host.contains(":") || host.matches("[0-9.]+");
        return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host);
    }
}
