package dev.quorate.host.credential;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/** Makes credentials, as TPM2_MakeCredential does, for endorsement keys of the RSA-2048 default template. */
public final class CredentialMaker {
    /** Longest credential, in bytes: the digest size of the endorsement key's name algorithm. */
    public static final int LONGEST = 32;

    private static final int SEED_BYTES = 32;
    private static final int STORAGE_BITS = 128;
    private static final int INTEGRITY_BITS = 256;
    private static final int ENDORSEMENT_BITS = 2048;

    private CredentialMaker() {}

    /**
     * Hides a credential from everybody but the TPM that holds the endorsement key and a key of that name.
     *
     * @param credential 1 to {@value #LONGEST} bytes
     * @throws IllegalArgumentException if the endorsement key is not RSA with 2048 bits, or the credential has no such
     *     length
     */
    public static MadeCredential make(
            RSAPublicKey endorsement, AttestationKey attestation, byte[] credential, SecureRandom random) {
        if (endorsement.getModulus().bitLength() != ENDORSEMENT_BITS) {
            throw new IllegalArgumentException("the endorsement key must be RSA with 2048 bits");
        } else if (credential.length == 0 || credential.length > LONGEST) {
            throw new IllegalArgumentException("a credential has 1 to " + LONGEST + " bytes");
        }
        var seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        byte[] name = attestation.name();
        try {
            byte[] identity = encrypt(derive(seed, "STORAGE", name, STORAGE_BITS), sized(credential));
            byte[] integrity = mac(derive(seed, "INTEGRITY", new byte[0], INTEGRITY_BITS), join(identity, name));
            return new MadeCredential(
                    sized(join(sized(integrity), identity)), sized(encryptSeed(endorsement, seed, random)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA-OAEP, AES and HMAC-SHA256", e);
        }
    }

    private static byte[] encryptSeed(RSAPublicKey endorsement, byte[] seed, SecureRandom random)
            throws GeneralSecurityException {
        byte[] label = "IDENTITY\0".getBytes(StandardCharsets.US_ASCII);
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                endorsement,
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, new PSource.PSpecified(label)),
                random);
        return cipher.doFinal(seed);
    }

    /** The key is used once, so the specification has a zero initialisation vector. */
    private static byte[] encrypt(byte[] key, byte[] plain) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
        return cipher.doFinal(plain);
    }

    /** KDFa (Part 1, section 11.4.10.2) for at most one block of SHA-256. */
    private static byte[] derive(byte[] key, String label, byte[] context, int bits) throws GeneralSecurityException {
        byte[] words = (label + "\0").getBytes(StandardCharsets.US_ASCII);
        byte[] input = ByteBuffer.allocate(8 + words.length + context.length)
                .putInt(1)
                .put(words)
                .put(context)
                .putInt(bits)
                .array();
        return Arrays.copyOf(mac(key, input), bits / 8);
    }

    private static byte[] mac(byte[] key, byte[] input) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(input);
    }

    private static byte[] sized(byte[] bytes) {
        return ByteBuffer.allocate(2 + bytes.length)
                .putShort((short) bytes.length)
                .put(bytes)
                .array();
    }

    private static byte[] join(byte[] first, byte[] second) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(first);
        out.writeBytes(second);
        return out.toByteArray();
    }
}
