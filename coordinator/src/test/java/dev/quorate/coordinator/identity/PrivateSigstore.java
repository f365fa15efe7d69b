package dev.quorate.coordinator.identity;

import dev.quorate.dsse.Base64Text;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.fixture.TimeStamper;
import dev.quorate.trust.SigstoreRoot;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority like Fulcio, a certificate log, a transparency log like Rekor, and a time-stamping authority,
 * each with its own key.
 */
public final class PrivateSigstore {
    static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");
    static final String ALWAYS = "\"validFor\":{\"start\":\"2020-01-01T00:00:00Z\"}";
    static final String ENDED = "\"validFor\":{\"start\":\"2020-01-01T00:00:00Z\",\"end\":\"2021-01-01T00:00:00Z\"}";
    static final X500Name NAME = new X500Name("CN=root,O=example");

    final KeyPair authority = KeyPairSigner.generate();
    final KeyPair certificateLog = KeyPairSigner.generate();
    final KeyPair log = KeyPairSigner.generate();
    final TimeStamper timeAuthority = new TimeStamper();

    /** Its root, with everything valid since 2020. */
    public SigstoreRoot root(String name) throws Exception {
        return root(name, ALWAYS, ALWAYS, ALWAYS, ALWAYS);
    }

    /** Its root with other validities of the authority, the certificate log, the log and the time-stamping authority. */
    SigstoreRoot root(String name, String authorityFor, String certificateLogFor, String logFor, String timeFor)
            throws Exception {
        String json = "{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\",\"tlogs\":["
                + instance("https://rekor.example", log, logFor)
                + "],\"certificateAuthorities\":[{\"subject\":{\"organization\":\"example\",\"commonName\":\"root\"},"
                + "\"uri\":\"https://fulcio.example\",\"certChain\":{\"certificates\":[{\"rawBytes\":\""
                + Base64Text.encode(certificate()) + "\"}]}," + authorityFor + "}],\"ctlogs\":["
                + instance("https://ct.example", certificateLog, certificateLogFor)
                + "],\"timestampAuthorities\":[{\"subject\":{\"organization\":\"example\",\"commonName\":\"TSA\"},"
                + "\"uri\":\"https://time.example\",\"certChain\":{\"certificates\":["
                + timeAuthority.certificates().stream()
                        .map(each -> "{\"rawBytes\":\"" + Base64Text.encode(each.bytes()) + "\"}")
                        .collect(Collectors.joining(","))
                + "]}," + timeFor + "}]}";
        return new SigstoreRoot(name, json.getBytes(StandardCharsets.UTF_8));
    }

    /** An honest bundle over a statement, by {@code https://ci.example/jane} of {@code https://issuer.example}. */
    public byte[] bundle(byte[] statement) throws Exception {
        return new Signing(this, statement).bundle();
    }

    byte[] certificate() throws Exception {
        var builder = new JcaX509v3CertificateBuilder(
                NAME,
                BigInteger.ONE,
                Date.from(BEGAN),
                Date.from(BEGAN.plus(Duration.ofDays(3650))),
                NAME,
                authority.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
        return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate()))
                .getEncoded();
    }

    private static String instance(String url, KeyPair key, String validFor) throws Exception {
        byte[] spki = key.getPublic().getEncoded();
        return "{\"baseUrl\":\"" + url + "\",\"hashAlgorithm\":\"SHA2_256\",\"publicKey\":{\"rawBytes\":\""
                + Base64Text.encode(spki) + "\",\"keyDetails\":\"PKIX_ECDSA_P256_SHA_256\"," + validFor
                + "},\"logId\":{\"keyId\":\"" + Base64Text.encode(sha256(spki)) + "\"}}";
    }

    static byte[] sha256(byte[]... parts) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    static byte[] sign(KeyPair key, byte[] message) throws Exception {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key.getPrivate());
        signature.update(message);
        return signature.sign();
    }

    static byte[] cat(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** A number in so many bytes, the highest first. */
    static byte[] number(long value, int length) {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (value >>> 8 * (length - 1 - i));
        }
        return bytes;
    }
}
