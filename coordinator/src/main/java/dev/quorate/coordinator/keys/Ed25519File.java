package dev.quorate.coordinator.keys;

import dev.quorate.coordinator.config.ConfigException;
import dev.quorate.key.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/**
 * The log's key: PKCS#8 in PEM. It holds no public key, so that is computed. It is always a file: SunPKCS11 knows no
 * Ed25519, though tokens do.
 */
final class Ed25519File {
    private static final String LABEL = "PRIVATE KEY";
    private static final int LONGEST = 16 * 1024;
    private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519File() {}

    static String make() {
        try {
            return Pem.write(
                    LABEL,
                    KeyPairGenerator.getInstance("Ed25519")
                            .generateKeyPair()
                            .getPrivate()
                            .getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    static KeyPair read(Path file) throws ConfigException, IOException {
        EdECPrivateKey key = privateKey(file);
        byte[] seed = key.getBytes().orElseThrow();
        byte[] raw =
                new Ed25519PrivateKeyParameters(seed, 0).generatePublicKey().getEncoded();
        byte[] spki = Arrays.copyOf(PREFIX, PREFIX.length + raw.length);
        System.arraycopy(raw, 0, spki, PREFIX.length, raw.length);
        try {
            PublicKey publicKey = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
            return new KeyPair(publicKey, key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    private static EdECPrivateKey privateKey(Path file) throws ConfigException, IOException {
        if (!Files.isReadable(file)) {
            throw new ConfigException("cannot read the key " + file + "; check its path and its permissions");
        }
        String wrong = file + ": is not a private Ed25519 key in PKCS#8 PEM (BEGIN PRIVATE KEY)";
        try {
            byte[] text = Files.size(file) > LONGEST ? new byte[0] : Files.readAllBytes(file);
            List<byte[]> objects = Pem.read(text, LABEL);
            if (!objects.isEmpty()) {
                return (EdECPrivateKey)
                        KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(objects.getFirst()));
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new ConfigException(wrong, e);
        }
        throw new ConfigException(wrong);
    }
}
