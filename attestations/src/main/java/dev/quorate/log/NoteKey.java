package dev.quorate.log;

import dev.quorate.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A key that notes are verified with; {@link #vkey} is its text form. */
public record NoteKey(KeyName name, NoteAlgorithm algorithm, Ed25519PublicKey key) {
    private static final int LONGEST = 512;

    /**
     * Reads a verifier key, {@code name+hash+base64(type public)}.
     *
     * @throws IllegalArgumentException if it has another form, or its hash is not the one of its key
     */
    public static NoteKey parse(String vkey) {
        String[] parts = vkey.length() > LONGEST ? new String[0] : vkey.split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("a verifier key has the form name+hash+base64");
        }
        byte[] typed = StrictBase64.decode(parts[2]);
        if (typed.length != 1 + Ed25519PublicKey.LENGTH) {
            throw new IllegalArgumentException("a verifier key holds a type byte and 32 bytes of an Ed25519 key");
        }
        var raw = new byte[Ed25519PublicKey.LENGTH];
        System.arraycopy(typed, 1, raw, 0, raw.length);
        var key =
                new NoteKey(new KeyName(parts[0]), NoteAlgorithm.ofType(typed[0] & 0xff), Ed25519PublicKey.ofRaw(raw));
        if (!key.hashText().equals(parts[1])) {
            throw new IllegalArgumentException("the hash of this verifier key must be " + key.hashText());
        }
        return key;
    }

    /**
     * SHA-256 over name, newline, type and key. A Sigstore trusted root calls all 32 bytes of a log's the
     * {@code logId.keyId}.
     */
    public Sha256 id() {
        MessageDigest digest = Sha256.newDigest();
        digest.update((name.text() + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update((byte) algorithm.type());
        return Sha256.ofDigest(digest.digest(key.raw()));
    }

    /** The first four bytes of {@link #id}, as signature lines carry them. */
    public int keyHash() {
        return ByteBuffer.wrap(id().bytes()).getInt();
    }

    /** The text form. */
    public String vkey() {
        byte[] typed = ByteBuffer.allocate(1 + Ed25519PublicKey.LENGTH)
                .put((byte) algorithm.type())
                .put(key.raw())
                .array();
        return name + "+" + hashText() + "+" + StrictBase64.encode(typed);
    }

    private String hashText() {
        return HexFormat.of().toHexDigits(keyHash());
    }

    @Override
    public String toString() {
        return vkey();
    }
}
