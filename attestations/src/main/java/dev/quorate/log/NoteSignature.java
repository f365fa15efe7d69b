package dev.quorate.log;

import dev.quorate.json.Printable;
import java.nio.ByteBuffer;

/**
 * One signature line of a note, as it was read: what it claims is not verified.
 *
 * @param name whose it says it is
 * @param content key hash and blob in base64
 */
public record NoteSignature(KeyName name, String content) {
    private static final String START = "\u2014 ";
    private static final int LONGEST = 8192;

    /**
     * Keeps a line.
     *
     * @throws IllegalArgumentException if the content is not base64 of at least five bytes
     */
    public NoteSignature {
        if (content.length() > LONGEST || StrictBase64.decode(content).length <= Integer.BYTES) {
            throw new IllegalArgumentException("a signature is four bytes of key hash and some more, in base64");
        }
    }

    static NoteSignature of(NoteKey key, byte[] blob) {
        byte[] content = ByteBuffer.allocate(Integer.BYTES + blob.length)
                .putInt(key.keyHash())
                .put(blob)
                .array();
        return new NoteSignature(key.name(), StrictBase64.encode(content));
    }

    /**
     * Reads one line, without its newline.
     *
     * @throws IllegalArgumentException if it is no signature line
     */
    public static NoteSignature parse(String line) {
        int space = line.indexOf(' ', START.length());
        if (!line.startsWith(START) || space < 0) {
            throw new IllegalArgumentException(
                    "a signature line is an em dash, a name and base64, not " + Printable.quote(line));
        }
        return new NoteSignature(new KeyName(line.substring(START.length(), space)), line.substring(space + 1));
    }

    /** Whether name and key hash are this key's; it then must verify. */
    public boolean claims(NoteKey key) {
        return name.equals(key.name()) && bytes().getInt() == key.keyHash();
    }

    byte[] blob() {
        ByteBuffer bytes = bytes();
        bytes.getInt();
        var blob = new byte[bytes.remaining()];
        bytes.get(blob);
        return blob;
    }

    /** The line, with its newline. */
    public String line() {
        return START + name + " " + content + "\n";
    }

    private ByteBuffer bytes() {
        return ByteBuffer.wrap(StrictBase64.decode(content));
    }
}
