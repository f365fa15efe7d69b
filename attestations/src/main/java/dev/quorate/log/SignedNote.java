package dev.quorate.log;

import dev.quorate.json.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Text with signatures that nobody has verified yet; {@link CheckpointVerifier} does.
 *
 * @param text ends in a newline
 * @param signatures 1 to {@link #MAX_SIGNATURES}
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    /** Most bytes of a note. */
    public static final int MAX_BYTES = 512 * 1024;

    /** Most signatures of a note. */
    public static final int MAX_SIGNATURES = 64;

    /**
     * Keeps a note.
     *
     * @throws IllegalArgumentException if the text does not end in a newline or holds control characters, or there are
     *     no or too many signatures
     */
    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || text.length() > MAX_BYTES || text.chars().anyMatch(SignedNote::isForbidden)) {
            throw new IllegalArgumentException("the text of a note ends in a newline and has no control characters");
        }
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException("a note has 1 to " + MAX_SIGNATURES + " signatures");
        }
    }

    /** Reads a note. */
    public static SignedNote parse(byte[] bytes, String input) throws MalformedException {
        if (bytes.length > MAX_BYTES) {
            throw new MalformedException(input, "a note has at most " + MAX_BYTES + " bytes");
        }
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new MalformedException(input, "a note is UTF-8 text");
        } catch (IllegalArgumentException e) {
            throw new MalformedException(input, e.getMessage());
        }
    }

    private static SignedNote parse(String note) {
        int blank = note.lastIndexOf("\n\n");
        if (blank < 0 || !note.endsWith("\n") || blank + 2 >= note.length()) {
            throw new IllegalArgumentException("a note is text, a blank line and signature lines");
        }
        String[] lines = note.substring(blank + 2, note.length() - 1).split("\n", MAX_SIGNATURES + 1);
        if (lines.length > MAX_SIGNATURES) {
            throw new IllegalArgumentException("a note has at most " + MAX_SIGNATURES + " signatures");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : lines) {
            signatures.add(NoteSignature.parse(line));
        }
        return new SignedNote(note.substring(0, blank + 1), signatures);
    }

    /** A copy with more signatures; those it has already are not repeated. */
    public SignedNote with(List<NoteSignature> more) {
        List<NoteSignature> all = new ArrayList<>(signatures);
        more.stream().filter(signature -> !all.contains(signature)).forEach(all::add);
        return new SignedNote(text, all);
    }

    /** The whole note in UTF-8. */
    public byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    byte[] textBytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isForbidden(int c) {
        return c < 0x20 && c != '\n';
    }

    @Override
    public String toString() {
        var note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()));
        return note.toString();
    }
}
