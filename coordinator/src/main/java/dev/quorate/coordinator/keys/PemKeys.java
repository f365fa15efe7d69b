package dev.quorate.coordinator.keys;

import dev.quorate.coordinator.config.ConfigException;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/** Private keys as PKCS#8 in PEM; a file holds no public key, so that is computed. */
final class PemKeys {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final int LONGEST = 16 * 1024;
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] P256_PREFIX = HEX.parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");
    private static final byte[] ED25519_PREFIX = HEX.parseHex("302a300506032b6570032100");

    private PemKeys() {}

    /** The P-256 key of a file, which is made if it may be. */
    static KeyPair p256(Path file) throws ConfigException, IOException {
        PrivateKey key = read(file, "EC", "P-256");
        try {
            return new KeyPair(P256Key.ofSpki(p256Public((ECPrivateKey) key)).publicKey(), key);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(file + ": is not a private key on P-256", e);
        }
    }

    static KeyPair ed25519(Path file) throws ConfigException, IOException {
        EdECPrivateKey key = (EdECPrivateKey) read(file, "Ed25519", "Ed25519");
        byte[] seed = key.getBytes().orElseThrow();
        byte[] raw =
                new Ed25519PrivateKeyParameters(seed, 0).generatePublicKey().getEncoded();
        try {
            PublicKey publicKey =
                    KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(join(ED25519_PREFIX, raw)));
            return new KeyPair(publicKey, key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    static KeyPair newP256() {
        return KeyPairSigner.generate();
    }

    static KeyPair newEd25519() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    static String pem(PrivateKey key) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return BEGIN + "\n" + body + "\n" + END + "\n";
    }

    private static PrivateKey read(Path file, String algorithm, String name) throws ConfigException, IOException {
        if (!Files.isReadable(file)) {
            throw new ConfigException("cannot read the key " + file + "; check its path and its permissions");
        }
        String text = Files.size(file) > LONGEST ? "" : Files.readString(file);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        String wrong = file + ": is not a private " + name + " key in PKCS#8 PEM (BEGIN PRIVATE KEY)";
        if (begin < 0 || end < begin) {
            throw new ConfigException(wrong);
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new ConfigException(wrong, e);
        }
    }

    private static byte[] p256Public(ECPrivateKey key) {
        byte[] point = ECNamedCurveTable.getByName("P-256")
                .getG()
                .multiply(key.getS())
                .normalize()
                .getEncoded(false);
        return join(P256_PREFIX, point);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] all = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
