package dev.quorate.coordinator.identity;

import static dev.quorate.coordinator.identity.PrivateSigstore.cat;
import static dev.quorate.coordinator.identity.PrivateSigstore.number;
import static dev.quorate.coordinator.identity.PrivateSigstore.sha256;
import static dev.quorate.coordinator.identity.PrivateSigstore.sign;

import dev.quorate.dsse.Base64Text;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.fixture.RoundScript;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** One keyless signature, honest unless a test changes something before {@link #bundle}. */
final class Signing {
    static final String ISSUER = "https://issuer.example";
    static final String SUBJECT = "https://ci.example/jane";
    static final Instant CERTIFIED = RoundScript.START;
    private static final String SCTS = "1.3.6.1.4.1.11129.2.4.2";

    final KeyPair key;
    byte[] statement;
    String issuer = ISSUER;
    GeneralName[] subjects = {new GeneralName(GeneralName.uniformResourceIdentifier, SUBJECT)};
    KeyPurposeId purpose = KeyPurposeId.id_kp_codeSigning;
    Instant logged = CERTIFIED.plusSeconds(60);
    KeyPair authority;
    KeyPair certificateLog;
    KeyPair promising;
    KeyPair checkpointing;
    KeyPair signing;
    boolean withScts = true;
    boolean promised = true;
    /** What the log says was signed. */
    byte[] loggedStatement;
    /** A hash of the inclusion proof is another. */
    boolean otherPath;

    /** Makes time-stamping tokens out of the signature. */
    List<UnaryOperator<byte[]>> stamping = List.of();

    private final PrivateSigstore sigstore;

    Signing(PrivateSigstore sigstore, byte[] statement) {
        this(sigstore, statement, KeyPairSigner.generate());
    }

    Signing(PrivateSigstore sigstore, byte[] statement, KeyPair key) {
        this.sigstore = sigstore;
        this.statement = statement;
        this.loggedStatement = statement;
        this.key = key;
        this.signing = key;
        this.authority = sigstore.authority;
        this.certificateLog = sigstore.certificateLog;
        this.promising = sigstore.log;
        this.checkpointing = sigstore.log;
    }

    byte[] certificate() throws Exception {
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate());
        byte[] tbs = leaf().build(signer).toASN1Structure().getTBSCertificate().getEncoded("DER");
        byte[] time = number(CERTIFIED.toEpochMilli(), 8);
        byte[] issuerKey = sha256(authority.getPublic().getEncoded());
        byte[] signature = sign(
                certificateLog,
                cat(new byte[2], time, number(1, 2), issuerKey, number(tbs.length, 3), tbs, number(0, 2)));
        byte[] logId = sha256(sigstore.certificateLog.getPublic().getEncoded());
        byte[] sct =
                cat(new byte[1], logId, time, number(0, 2), new byte[] {4, 3}, number(signature.length, 2), signature);
        byte[] list = cat(number(sct.length + 2, 2), number(sct.length, 2), sct);
        JcaX509v3CertificateBuilder whole = leaf();
        if (withScts) {
            whole.addExtension(new ASN1ObjectIdentifier(SCTS), false, new DEROctetString(list));
        }
        return whole.build(signer).getEncoded();
    }

    private JcaX509v3CertificateBuilder leaf() throws Exception {
        var builder = new JcaX509v3CertificateBuilder(
                PrivateSigstore.NAME,
                BigInteger.TWO,
                Date.from(CERTIFIED),
                Date.from(CERTIFIED.plus(Duration.ofMinutes(10))),
                new X500Name(new RDN[0]),
                key.getPublic());
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        builder.addExtension(Extension.subjectAlternativeName, true, new GeneralNames(subjects));
        builder.addExtension(new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1.8"), false, new DERUTF8String(issuer));
        return builder;
    }

    /** The bundle, its entry the fourth of seven in the log. */
    byte[] bundle() throws Exception {
        return bundle(certificate());
    }

    byte[] bundle(byte[] certificate) throws Exception {
        return bundle(certificate, certificate);
    }

    byte[] bundle(byte[] certificate, byte[] loggedCertificate) throws Exception {
        byte[] signature = sign(signing, Envelope.pae(statement));
        byte[] body = body(signature, loggedCertificate);
        byte[][] leaves = new byte[7][];
        for (int i = 0; i < leaves.length; i++) {
            leaves[i] = sha256(new byte[1], i == 3 ? body : new byte[] {(byte) i});
        }
        byte[] ab = node(leaves[0], leaves[1]);
        byte[] right = node(node(leaves[4], leaves[5]), leaves[6]);
        byte[] root = node(node(ab, node(leaves[2], leaves[3])), right);
        String hashes = "\"" + Base64Text.encode(leaves[2]) + "\",\"" + Base64Text.encode(otherPath ? right : ab)
                + "\",\"" + Base64Text.encode(right) + "\"";
        byte[] logId = sha256(sigstore.log.getPublic().getEncoded());
        String head = "rekor.example - 7\n7\n" + Base64Text.encode(root) + "\n";
        byte[] checkpointSignature = sign(checkpointing, head.getBytes(StandardCharsets.UTF_8));
        String note = head + "\n\u2014 rekor.example "
                + Base64Text.encode(cat(Arrays.copyOf(logId, 4), checkpointSignature)) + "\n";
        String time = Long.toString(logged.getEpochSecond());
        String promise = "{\"body\":\"" + Base64Text.encode(body) + "\",\"integratedTime\":" + time + ",\"logID\":\""
                + HexFormat.of().formatHex(logId) + "\",\"logIndex\":1003}";
        String stamped = promised
                ? ",\"integratedTime\":\"" + time + "\",\"inclusionPromise\":{\"signedEntryTimestamp\":\""
                        + Base64Text.encode(sign(promising, promise.getBytes(StandardCharsets.UTF_8))) + "\"}"
                : "";
        String json = "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"verificationMaterial\":"
                + "{\"certificate\":{\"rawBytes\":\"" + Base64Text.encode(certificate)
                + "\"},\"tlogEntries\":[{\"logIndex\":\"1003\",\"logId\":{\"keyId\":\"" + Base64Text.encode(logId)
                + "\"},\"kindVersion\":{\"kind\":\"dsse\",\"version\":\"0.0.1\"}" + stamped
                + ",\"inclusionProof\":{\"logIndex\":\"3\",\"rootHash\":\"" + Base64Text.encode(root)
                + "\",\"treeSize\":\"7\",\"hashes\":[" + hashes + "],\"checkpoint\":{\"envelope\":\""
                + note.replace("\n", "\\n") + "\"}},\"canonicalizedBody\":\"" + Base64Text.encode(body)
                + "\"}]" + tokens(signature) + "},\"dsseEnvelope\":{\"payload\":\"" + Base64Text.encode(statement)
                + "\",\"payloadType\":\""
                + Envelope.IN_TOTO + "\",\"signatures\":[{\"sig\":\"" + Base64Text.encode(signature) + "\"}]}}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private String tokens(byte[] signature) {
        if (stamping.isEmpty()) {
            return "";
        }
        String tokens = stamping.stream()
                .map(each -> "{\"signedTimestamp\":\"" + Base64Text.encode(each.apply(signature)) + "\"}")
                .collect(Collectors.joining(","));
        return ",\"timestampVerificationData\":{\"rfc3161Timestamps\":[" + tokens + "]}";
    }

    private byte[] body(byte[] signature, byte[] certificate) throws Exception {
        String digest = HexFormat.of().formatHex(sha256(loggedStatement));
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
                + "\n-----END CERTIFICATE-----\n";
        String json =
                "{\"apiVersion\":\"0.0.1\",\"kind\":\"dsse\",\"spec\":{\"envelopeHash\":{\"algorithm\":\"sha256\","
                        + "\"value\":\"" + digest + "\"},\"payloadHash\":{\"algorithm\":\"sha256\",\"value\":\""
                        + digest
                        + "\"},\"signatures\":[{\"signature\":\"" + Base64Text.encode(signature) + "\",\"verifier\":\""
                        + Base64Text.encode(pem.getBytes(StandardCharsets.US_ASCII)) + "\"}]}}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] node(byte[] left, byte[] right) throws Exception {
        return sha256(new byte[] {1}, left, right);
    }
}
