package dev.quorate.agent.identity;

import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.Signer;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** The builder's signing key in a file. */
public final class SigningKey {
    private static final String LABEL = "PRIVATE KEY";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final byte[] SPKI_PREFIX =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");
    private static final BigInteger ORDER = CustomNamedCurves.getByName("P-256").getN();

    private SigningKey() {}

    /**
     * Reads the key.
     *
     * @throws UnusableFileException if it is not there, not a P-256 key, or readable by others
     */
    public static Signer read(Path file) throws UnusableFileException, IOException {
        return signer(file, secret(file));
    }

    /** A private key in PKCS#8 that only its owner can read. */
    static byte[] secret(Path file) throws UnusableFileException, IOException {
        List<byte[]> blocks = PemFile.read(file, LABEL);
        Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        others.removeAll(OWNER_ONLY);
        others.remove(PosixFilePermission.OWNER_EXECUTE);
        if (!others.isEmpty()) {
            throw new UnusableFileException(file, "can be read or changed by other users; run chmod 600 on it");
        }
        return blocks.getFirst();
    }

    /** Reads the key, or makes it where there is none. */
    public static Signer readOrMake(Path file) throws UnusableFileException, IOException {
        if (Files.notExists(file)) {
            write(file, KeyPairSigner.generate().getPrivate().getEncoded());
        }
        return read(file);
    }

    /** Writes a private key for its owner alone; it is durable on return. */
    static void write(Path file, byte[] pkcs8) throws IOException {
        byte[] pem = PemFile.write(LABEL, pkcs8).getBytes(StandardCharsets.US_ASCII);
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        Path part = Files.createTempFile(directory, "key", ".part", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(pem));
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Signer signer(Path file, byte[] pkcs8) throws UnusableFileException {
        try {
            var secret = (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            boolean inRange = secret.getS().signum() > 0 && secret.getS().compareTo(ORDER) < 0;
            if (inRange && secret.getParams().getOrder().equals(ORDER)) {
                P256Key open = publicKey(secret.getS());
                return new KeyPairSigner(new KeyPair(open.publicKey(), secret));
            }
        } catch (GeneralSecurityException e) {
            throw new UnusableFileException(file, "holds no EC private key in PKCS#8; restore it from a copy");
        }
        throw new UnusableFileException(file, "holds a key that is not on P-256; make one with --init");
    }

    /** A PKCS#8 key need not carry its public half, and the JDK cannot compute it. */
    private static P256Key publicKey(BigInteger secret) {
        byte[] point = new FixedPointCombMultiplier()
                .multiply(CustomNamedCurves.getByName("P-256").getG(), secret)
                .getEncoded(false);
        return P256Key.ofSpki(ByteBuffer.allocate(SPKI_PREFIX.length + point.length)
                .put(SPKI_PREFIX)
                .put(point)
                .array());
    }
}
