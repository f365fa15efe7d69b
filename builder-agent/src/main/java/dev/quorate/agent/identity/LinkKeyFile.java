package dev.quorate.agent.identity;

import dev.quorate.export.Functionary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/** The Ed25519 key with which a builder signs in-toto links, in a file; a builder may do without one. */
public final class LinkKeyFile {
    private LinkKeyFile() {}

    /**
     * Reads the key; empty where there is no file.
     *
     * @throws UnusableFileException if it is not an Ed25519 key, or readable by others
     */
    public static Optional<Functionary> read(Path file) throws UnusableFileException, IOException {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        byte[] pkcs8 = SigningKey.secret(file);
        try {
            PrivateKey key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            return Optional.of(new Functionary(new KeyPair(publicHalf((EdECPrivateKey) key), key)));
        } catch (GeneralSecurityException e) {
            throw new UnusableFileException(file, "holds no Ed25519 private key; remove it, and make one with --init");
        }
    }

    /** Reads the key, or makes it where there is none. */
    public static Functionary readOrMake(Path file) throws UnusableFileException, IOException {
        if (Files.notExists(file)) {
            try {
                SigningKey.write(
                        file,
                        KeyPairGenerator.getInstance("Ed25519")
                                .generateKeyPair()
                                .getPrivate()
                                .getEncoded());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has Ed25519", e);
            }
        }
        return read(file).orElseThrow();
    }

    /** A PKCS#8 key need not carry its public half, and the JDK cannot compute it. */
    private static PublicKey publicHalf(EdECPrivateKey key) throws GeneralSecurityException, IOException {
        Ed25519PublicKeyParameters open =
                new Ed25519PrivateKeyParameters(key.getBytes().orElseThrow()).generatePublicKey();
        byte[] spki =
                SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(open).getEncoded();
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
    }
}
