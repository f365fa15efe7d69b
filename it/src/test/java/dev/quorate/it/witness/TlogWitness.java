package dev.quorate.it.witness;

import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import dev.quorate.log.CheckpointCheck;
import dev.quorate.log.CheckpointRefusal;
import dev.quorate.log.CheckpointVerifier;
import dev.quorate.log.MerkleProof;
import dev.quorate.log.NoteKey;
import dev.quorate.log.NoteSigner;
import dev.quorate.log.SignedNote;
import dev.quorate.log.TreeHead;
import dev.quorate.log.VerifiedCheckpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** What a C2SP witness of one log does with a request: it stores what it cosigns before it answers. One at a time. */
public final class TlogWitness {
    static final int MAX_REQUEST_BYTES = SignedNote.MAX_BYTES + 64 * 64;

    private final NoteSigner signer;
    private final CheckpointVerifier log;
    private final Memory memory;
    private final InstantSource clock;

    /** Where the last cosigned checkpoint is. */
    public interface Memory {
        /** What was stored last. */
        Optional<byte[]> read() throws IOException;

        /** Durable when this returns. */
        void store(byte[] checkpoint) throws IOException;
    }

    /** Status and body. */
    public record Answer(int status, String body) {}

    private record Request(long oldSize, List<Sha256> proof, SignedNote note) {}

    /** A witness of the log with that key. */
    public TlogWitness(NoteSigner signer, NoteKey log, Memory memory, InstantSource clock) {
        this.signer = signer;
        this.log = CheckpointVerifier.unwitnessed(log);
        this.memory = memory;
        this.clock = clock;
    }

    /** Answers the body of a request to add a checkpoint. */
    public Answer answer(byte[] body) throws IOException {
        try {
            Request request = parse(body);
            return switch (log.verify(request.note())) {
                case CheckpointCheck.Refused(CheckpointRefusal reason, String detail) ->
                    new Answer(
                            switch (reason) {
                                case WRONG_ORIGIN -> 404;
                                case NOT_SIGNED_BY_LOG, BAD_SIGNATURE, TOO_FEW_WITNESSES -> 403;
                                case MALFORMED -> 400;
                            },
                            detail);
                case CheckpointCheck.Verified(VerifiedCheckpoint next) -> answer(request, next);
            };
        } catch (MalformedException | IllegalArgumentException e) {
            return new Answer(400, e.getMessage());
        } catch (SignatureException e) {
            throw new IOException(e);
        }
    }

    private Answer answer(Request request, VerifiedCheckpoint next) throws IOException, SignatureException {
        TreeHead known = known();
        if (request.oldSize() > next.head().size()) {
            return new Answer(400, "old size beyond the checkpoint");
        }
        if (request.oldSize() != known.size()) {
            return new Answer(409, known.size() + "\n");
        }
        if (!MerkleProof.consistency(known, next.head(), request.proof()).isProven()) {
            boolean sameSize = known.size() == next.head().size();
            return sameSize ? new Answer(409, known.size() + "\n") : new Answer(422, "not consistent");
        }
        memory.store(request.note().bytes());
        return cosign(request.note());
    }

    private Answer cosign(SignedNote note) throws SignatureException {
        return new Answer(
                200,
                signer.cosign(note.text(), clock.instant().getEpochSecond()).line());
    }

    private static Request parse(byte[] body) throws MalformedException {
        if (body.length > MAX_REQUEST_BYTES) {
            throw new IllegalArgumentException("the request is too long");
        }
        String text = new String(body, StandardCharsets.UTF_8);
        int blank = text.indexOf("\n\n");
        if (!text.startsWith("old ") || blank < 0) {
            throw new IllegalArgumentException("a request begins with its old size");
        }
        List<String> lines = text.substring(0, blank).lines().toList();
        List<Sha256> proof = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            proof.add(Sha256.ofDigest(Base64.getDecoder().decode(line)));
        }
        byte[] note = text.substring(blank + 2).getBytes(StandardCharsets.UTF_8);
        return new Request(
                TreeHead.parseSize(lines.getFirst().substring("old ".length())),
                proof,
                SignedNote.parse(note, "checkpoint"));
    }

    private TreeHead known() throws IOException {
        Optional<byte[]> stored = memory.read();
        if (stored.isEmpty()) {
            return TreeHead.EMPTY;
        }
        if (log.verify(stored.get()) instanceof CheckpointCheck.Verified(VerifiedCheckpoint last)) {
            return last.head();
        }
        throw new IOException("the witness's own state is damaged");
    }
}
