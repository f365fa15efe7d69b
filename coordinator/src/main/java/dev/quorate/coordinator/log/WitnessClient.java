package dev.quorate.coordinator.log;

import dev.quorate.coordinator.log.WitnessAnswer.Reason;
import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.log.CheckpointCheck;
import dev.quorate.log.CheckpointVerifier;
import dev.quorate.log.NoteKey;
import dev.quorate.log.NoteSignature;
import dev.quorate.log.SignedNote;
import dev.quorate.log.TreeHead;
import dev.quorate.log.VerifiedCheckpoint;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * Asks one witness (C2SP tlog-witness). It remembers which size the witness cosigned last, and learns it from the
 * witness when it does not know. Not for several threads.
 */
final class WitnessClient {
    private static final int MAX_ANSWER_BYTES = 64 * 1024;

    /** The first answer may say which size to start from; a second one that says so again comes from a race. */
    private static final int TRIES = 3;

    /** Makes consistency proofs of the log. */
    interface Proofs {
        List<Sha256> consistencyProof(long oldSize, long size) throws IOException, MalformedException;
    }

    private final Witness witness;
    private final CheckpointVerifier verifier;
    private final HttpClient http;
    private final Duration timeout;
    private long cosignedSize;

    WitnessClient(Witness witness, NoteKey log, HttpClient http, Duration timeout) {
        this.witness = witness;
        this.verifier = new CheckpointVerifier(log, List.of(witness.key()), 1);
        this.http = http;
        this.timeout = timeout;
    }

    Witness witness() {
        return witness;
    }

    /** Asks for a cosignature over this head; waits no longer than a few timeouts. */
    WitnessAnswer cosign(VerifiedCheckpoint head, Proofs proofs)
            throws IOException, MalformedException, InterruptedException {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            long size = head.head().size();
            if (cosignedSize > size) {
                return silent(Reason.INCONSISTENT, "has cosigned size " + cosignedSize + ", and this head has " + size);
            }
            List<Sha256> proof = proofs.consistencyProof(cosignedSize, size);
            HttpResponse<byte[]> response;
            try {
                response = post(head.note(), proof);
            } catch (IOException e) {
                return silent(Reason.UNREACHABLE, "cannot be reached: " + Printable.of(String.valueOf(e.getMessage())));
            }
            String body = new String(response.body(), StandardCharsets.UTF_8);
            switch (response.statusCode()) {
                case 200 -> {
                    return accept(head, body);
                }
                case 409 -> {
                    long known;
                    try {
                        known = TreeHead.parseSize(body.strip());
                    } catch (IllegalArgumentException e) {
                        return silent(Reason.BAD_ANSWER, "answered 409 without a size");
                    }
                    if (known == cosignedSize) {
                        return silent(Reason.INCONSISTENT, "has cosigned another root of size " + known);
                    }
                    cosignedSize = known;
                }
                case 403, 404 -> {
                    return silent(Reason.UNKNOWN_LOG, "does not know this log or its key");
                }
                case 422 -> {
                    return silent(Reason.INCONSISTENT, "finds no consistency with size " + cosignedSize);
                }
                default -> {
                    return silent(Reason.BAD_ANSWER, "answered " + response.statusCode());
                }
            }
        }
        return silent(Reason.BAD_ANSWER, "names another size each time");
    }

    private HttpResponse<byte[]> post(SignedNote note, List<Sha256> proof) throws IOException, InterruptedException {
        var body = new StringBuilder("old ").append(cosignedSize).append('\n');
        proof.forEach(hash ->
                body.append(Base64.getEncoder().encodeToString(hash.bytes())).append('\n'));
        HttpRequest request = HttpRequest.newBuilder(witness.addCheckpoint())
                .timeout(timeout)
                .POST(HttpRequest.BodyPublishers.ofString(
                        body.append('\n').append(note).toString()))
                .build();
        return http.send(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
    }

    private WitnessAnswer accept(VerifiedCheckpoint head, String body) {
        List<NoteSignature> lines;
        try {
            lines = body.lines()
                    .limit(SignedNote.MAX_SIGNATURES)
                    .map(NoteSignature::parse)
                    .filter(line -> line.claims(witness.key()))
                    .toList();
        } catch (IllegalArgumentException e) {
            return silent(Reason.BAD_ANSWER, "answered what is no signature line");
        }
        for (NoteSignature line : lines) {
            if (verifier.verify(head.note().with(List.of(line))) instanceof CheckpointCheck.Verified) {
                cosignedSize = head.head().size();
                return new WitnessAnswer.Cosigned(witness, line);
            }
        }
        return silent(Reason.BAD_ANSWER, "answered no cosignature that verifies under its key");
    }

    private WitnessAnswer silent(Reason reason, String detail) {
        return new WitnessAnswer.Silent(
                witness, reason, "witness " + witness.key().name() + " " + detail);
    }
}
