package dev.quorate.log;

import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An inclusion proof in one file (C2SP tlog-proof). Nothing in it is verified before {@link #verify}.
 *
 * @param extra base64 of what an application added; never authenticated
 * @param index of the entry
 * @param hashes siblings from the leaf upwards
 * @param checkpoint the head that they lead to
 */
public record TlogProof(Optional<String> extra, LogIndex index, List<Sha256> hashes, SignedNote checkpoint) {
    private static final String HEADER = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    private static final int MAX_EXTRA = 64 * 1024;
    private static final int MAX_LINES = 3 + MerkleProof.MAX_HASHES;

    /**
     * Keeps a proof.
     *
     * @throws IllegalArgumentException if it has too many hashes, or the extra data is not base64 or too long
     */
    public TlogProof {
        hashes = List.copyOf(hashes);
        if (hashes.size() > MerkleProof.MAX_HASHES) {
            throw new IllegalArgumentException("a proof has at most " + MerkleProof.MAX_HASHES + " hashes");
        }
        if (extra.orElse("").length() > MAX_EXTRA) {
            throw new IllegalArgumentException("extra data has at most " + MAX_EXTRA + " characters");
        }
        extra.ifPresent(StrictBase64::decode);
    }

    /** A proof without extra data. */
    public TlogProof(LogIndex index, List<Sha256> hashes, SignedNote checkpoint) {
        this(Optional.empty(), index, hashes, checkpoint);
    }

    /** Reads the file form. */
    public static TlogProof parse(byte[] bytes, String input) throws MalformedException {
        if (bytes.length > SignedNote.MAX_BYTES + 2 * MAX_EXTRA) {
            throw new MalformedException(input, "is too long for a tlog-proof");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException(input, "a tlog-proof is UTF-8 text");
        }
        int blank = text.indexOf("\n\n");
        if (blank < 0) {
            throw new MalformedException(input, "a tlog-proof has an empty line before its checkpoint");
        }
        SignedNote note = SignedNote.parse(text.substring(blank + 2).getBytes(StandardCharsets.UTF_8), input);
        try {
            return parse(List.of(text.substring(0, blank).split("\n", MAX_LINES + 1)), note);
        } catch (IllegalArgumentException e) {
            throw new MalformedException(input, e.getMessage());
        }
    }

    private static TlogProof parse(List<String> lines, SignedNote note) {
        if (!lines.getFirst().equals(HEADER)) {
            throw new IllegalArgumentException("a tlog-proof begins with " + HEADER);
        }
        boolean hasExtra = lines.size() > 1 && lines.get(1).startsWith(EXTRA);
        int at = hasExtra ? 2 : 1;
        if (lines.size() > MAX_LINES || lines.size() <= at || !lines.get(at).startsWith(INDEX)) {
            throw new IllegalArgumentException(
                    "a tlog-proof has an index line, then at most " + MerkleProof.MAX_HASHES + " hashes, one a line");
        }
        List<Sha256> hashes = new ArrayList<>();
        lines.subList(at + 1, lines.size()).forEach(line -> hashes.add(StrictBase64.decodeHash(line)));
        return new TlogProof(
                hasExtra ? Optional.of(lines.get(1).substring(EXTRA.length())) : Optional.empty(),
                LogIndex.parse(lines.get(at).substring(INDEX.length())),
                hashes,
                note);
    }

    /** Verifies the checkpoint, and then that this leaf is under it. */
    public TlogProofCheck verify(Sha256 leafHash, CheckpointVerifier verifier) {
        return switch (verifier.verify(checkpoint)) {
            case CheckpointCheck.Refused refused ->
                new TlogProofCheck.CheckpointRefused(refused.reason(), refused.detail());
            case CheckpointCheck.Verified(VerifiedCheckpoint verified) -> {
                ProofCheck check = MerkleProof.inclusion(index, leafHash, verified.head(), hashes);
                yield check.isProven()
                        ? new TlogProofCheck.Included(verified, index)
                        : new TlogProofCheck.NotIncluded(check);
            }
        };
    }

    /** The file form in UTF-8. */
    public byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        var text = new StringBuilder(HEADER).append('\n');
        extra.ifPresent(e -> text.append(EXTRA).append(e).append('\n'));
        text.append(INDEX).append(index).append('\n');
        hashes.forEach(hash -> text.append(StrictBase64.encode(hash)).append('\n'));
        return text.append('\n').append(checkpoint).toString();
    }
}
