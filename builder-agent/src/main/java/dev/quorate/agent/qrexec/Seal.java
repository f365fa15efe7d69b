package dev.quorate.agent.qrexec;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/** Seals the frames of one answer, or opens them, in their order. */
final class Seal {
    /** How much longer sealed bytes are. */
    static final int TAG = 16;

    private static final byte[] INFO = "quorate.Build/1 answer".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;

    private final SecretKey key;
    private long next;

    private Seal(SecretKey key) {
        this.key = key;
    }

    /**
     * The seal between two keys that were made for one answer.
     *
     * @param own one's own secret
     * @param other the other side's public key
     * @param request digest of the request's envelope
     * @param answering the service's public key, whichever side this is
     */
    static Seal between(PrivateKey own, P256Key other, Sha256 request, P256Key answering)
            throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(own);
        agreement.doPhase(other.publicKey(), true);
        byte[] spki = answering.spki();
        byte[] info = ByteBuffer.allocate(INFO.length + spki.length)
                .put(INFO)
                .put(spki)
                .array();
        SecretKey key = KDF.getInstance("HKDF-SHA256")
                .deriveKey(
                        "AES",
                        HKDFParameterSpec.ofExtract()
                                .addIKM(agreement.generateSecret())
                                .addSalt(request.bytes())
                                .thenExpand(info, KEY_BYTES));
        return new Seal(key);
    }

    /** Seals the next bytes. */
    Frame close(byte[] plain, int length) throws GeneralSecurityException {
        Cipher cipher = cipher(Cipher.ENCRYPT_MODE, Frame.Kind.SEALED.header(length + TAG));
        return new Frame(Frame.Kind.SEALED, cipher.doFinal(plain, 0, length));
    }

    /** Opens the next frame. */
    byte[] open(Frame frame) throws StreamRefusedException {
        try {
            return cipher(Cipher.DECRYPT_MODE, frame.header()).doFinal(frame.content());
        } catch (GeneralSecurityException e) {
            throw new StreamRefusedException(Refusal.SEAL_BROKEN, "the sealed frame " + (next - 1) + " does not open");
        }
    }

    private Cipher cipher(int mode, byte[] header) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putInt(0).putLong(next).array();
        next++;
        cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
        cipher.updateAAD(header);
        return cipher;
    }
}
