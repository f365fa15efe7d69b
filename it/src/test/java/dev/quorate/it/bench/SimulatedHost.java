package dev.quorate.it.bench;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Base64Text;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.MGF1ParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** What a TPM does at an enrolment, without a TPM: the other side of TPM2_MakeCredential. */
record SimulatedHost(String name, KeyPair endorsement, byte[] certificate, byte[] area) {
    /** {@code tcg-kp-EKCertificate}. */
    private static final KeyPurposeId ENDORSEMENT = KeyPurposeId.getInstance(new ASN1ObjectIdentifier("2.23.133.8.1"));

    private static final String AREA_HEAD = "0023000b00050072000000100018000b00030010";

    /** A maker of such hosts. */
    record Maker(KeyPair pair, byte[] certificate) {
        private static final X500Name NAME = new X500Name("CN=simulated maker");

        static Maker make() throws Exception {
            KeyPair pair = KeyPairSigner.generate();
            return new Maker(pair, issue(pair, NAME, pair, true));
        }

        String pem() {
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate);
            return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
        }

        SimulatedHost host(String name) throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair endorsement = generator.generateKeyPair();
            byte[] spki = P256Key.of(KeyPairSigner.generate().getPublic()).spki();
            byte[] area = ByteBuffer.allocate(20 + 2 * 34)
                    .put(HexFormat.of().parseHex(AREA_HEAD))
                    .putShort((short) 32)
                    .put(spki, spki.length - 64, 32)
                    .putShort((short) 32)
                    .put(spki, spki.length - 32, 32)
                    .array();
            return new SimulatedHost(
                    name, endorsement, issue(pair, new X500Name("CN=" + name), endorsement, false), area);
        }

        private static byte[] issue(KeyPair issuer, X500Name subject, KeyPair of, boolean isMaker)
                throws IOException, OperatorCreationException {
            Instant now = Instant.now();
            var draft = new JcaX509v3CertificateBuilder(
                    NAME,
                    BigInteger.valueOf(now.toEpochMilli()),
                    Date.from(now.minus(Duration.ofDays(1))),
                    Date.from(now.plus(Duration.ofDays(30))),
                    subject,
                    of.getPublic());
            draft.addExtension(Extension.basicConstraints, true, new BasicConstraints(isMaker));
            if (!isMaker) {
                draft.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(ENDORSEMENT));
            }
            return draft.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate()))
                    .getEncoded();
        }
    }

    Json.Obj claim() {
        return Json.object()
                .put("builder", name)
                .put("endorsement", Base64Text.encode(certificate))
                .put("attestation", Base64Text.encode(area))
                .build();
    }

    /** TPM2_ActivateCredential, but for the integrity check: whoever simulates a host trusts itself. */
    byte[] activate(byte[] blob, byte[] secret) throws GeneralSecurityException {
        Cipher opener = Cipher.getInstance("RSA/ECB/OAEPPadding");
        byte[] label = "IDENTITY\0".getBytes(StandardCharsets.US_ASCII);
        opener.init(
                Cipher.DECRYPT_MODE,
                endorsement.getPrivate(),
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, new PSource.PSpecified(label)));
        byte[] seed = opener.doFinal(secret, 2, secret.length - 2);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(seed, "HmacSHA256"));
        mac.update(new byte[] {0, 0, 0, 1});
        mac.update("STORAGE\0".getBytes(StandardCharsets.US_ASCII));
        mac.update(new byte[] {0, 0x0b});
        mac.update(Sha256.of(area).bytes());
        byte[] key = Arrays.copyOf(mac.doFinal(new byte[] {0, 0, 0, (byte) 128}), 16);
        Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
        // 2 bytes of length, 2 and 32 of integrity
        byte[] plain = cipher.doFinal(blob, 36, blob.length - 36);
        return Arrays.copyOfRange(plain, 2, plain.length);
    }
}
