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
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
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
    Instant certified = CERTIFIED;
    Instant logged = CERTIFIED.plusSeconds(60);
    KeyPair authority;
    KeyPair certificateLog;
    KeyPair promising;
    KeyPair checkpointing;
    KeyPair signing;
    boolean withScts = true;
    boolean promised = true;
    /** Logged by a Rekor v2; nothing is promised then. */
    boolean tiled;
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
        byte[] time = number(certified.toEpochMilli(), 8);
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
                Date.from(certified),
                Date.from(certified.plus(Duration.ofMinutes(10))),
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
        LogEntry entry = entry(body);
        String stamped = promised
                ? ",\"integratedTime\":\"" + logged.getEpochSecond()
                        + "\",\"inclusionPromise\":{\"signedEntryTimestamp\":\"" + Base64Text.encode(entry.promise())
                        + "\"}"
                : "";
        String json = "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"verificationMaterial\":"
                + "{\"certificate\":{\"rawBytes\":\"" + Base64Text.encode(certificate)
                + "\"},\"tlogEntries\":[{\"logIndex\":\"" + LogEntry.INDEX + "\",\"logId\":{\"keyId\":\""
                + Base64Text.encode(entry.logId())
                + "\"},\"kindVersion\":{\"kind\":\"dsse\",\"version\":\"" + (tiled ? "0.0.2" : "0.0.1") + "\"}"
                + stamped
                + ",\"inclusionProof\":{\"logIndex\":\"" + LogEntry.LEAF + "\",\"rootHash\":\""
                + Base64Text.encode(entry.root())
                + "\",\"treeSize\":\"" + LogEntry.SIZE + "\",\"hashes\":[" + hashes(entry)
                + "],\"checkpoint\":{\"envelope\":\"" + entry.checkpoint().replace("\n", "\\n")
                + "\"}},\"canonicalizedBody\":\"" + Base64Text.encode(body)
                + "\"}]" + tokens(signature) + "},\"dsseEnvelope\":{\"payload\":\"" + Base64Text.encode(statement)
                + "\",\"payloadType\":\"" + Envelope.IN_TOTO + "\",\"signatures\":[{\"sig\":\""
                + Base64Text.encode(signature) + "\"}]}}";
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

    private LogEntry entry(byte[] body) throws Exception {
        return new LogEntry(sigstore, body, logged, promising, checkpointing);
    }

    private String hashes(LogEntry entry) throws Exception {
        List<byte[]> path = new ArrayList<>(entry.path());
        if (otherPath) {
            path.set(1, path.get(2));
        }
        return path.stream().map(hash -> '"' + Base64Text.encode(hash) + '"').collect(Collectors.joining(","));
    }

    private byte[] body(byte[] signature, byte[] certificate) throws Exception {
        if (tiled) {
            return LogEntry.tiled(loggedStatement, Base64Text.encode(signature), Base64Text.encode(certificate));
        }
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
                + "\n-----END CERTIFICATE-----\n";
        return LogEntry.dsse(
                loggedStatement,
                Base64Text.encode(signature),
                Base64Text.encode(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
