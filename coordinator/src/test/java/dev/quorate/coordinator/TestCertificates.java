package dev.quorate.coordinator;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Client certificates as agents make them, and as others might. */
public final class TestCertificates {
    private TestCertificates() {}

    /** A certificate over a key, signed by another. */
    public static X509Certificate certificate(String name, KeyPair signing, KeyPair tls, Instant from, Duration valid)
            throws Exception {
        var builder = new JcaX509v3CertificateBuilder(
                new X500Name("CN=" + name),
                new BigInteger(100, new SecureRandom()),
                Date.from(from),
                Date.from(from.plus(valid)),
                new X500Name("CN=" + name),
                tls.getPublic());
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signing.getPrivate())));
    }

    /** A client that trusts one server and shows one certificate. */
    public static SSLContext context(X509Certificate server, KeyPair tls, X509Certificate client) throws Exception {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry("client", tls.getPrivate(), new char[0], new Certificate[] {client});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, new char[0]);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), trusting(server).getTrustManagers(), null);
        return context;
    }

    /** A client that trusts one server and shows nothing. */
    public static SSLContext anonymous(X509Certificate server) throws Exception {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, trusting(server).getTrustManagers(), null);
        return context;
    }

    private static TrustManagerFactory trusting(X509Certificate server) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", server);
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory;
    }
}
