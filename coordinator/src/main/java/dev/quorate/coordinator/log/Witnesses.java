package dev.quorate.coordinator.log;

import dev.quorate.json.MalformedException;
import dev.quorate.log.CheckpointCheck;
import dev.quorate.log.CheckpointVerifier;
import dev.quorate.log.NoteKey;
import dev.quorate.log.NoteSignature;
import dev.quorate.log.SignedNote;
import dev.quorate.log.VerifiedCheckpoint;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks all witnesses at once, and publishes a head that enough of them cosigned. One round at a time. */
public final class Witnesses implements AutoCloseable {
    private final CheckpointVerifier verifier;
    private final HttpClient http;
    private final List<WitnessClient> clients;

    /**
     * What came of one round.
     *
     * @param published the head with its cosignatures, if there were enough
     * @param answers one a witness, in the order of configuration
     */
    public record Round(Optional<VerifiedCheckpoint> published, List<WitnessAnswer> answers) {
        /** Keeps what came of it. */
        public Round {
            answers = List.copyOf(answers);
        }
    }

    /**
     * The witnesses of a log.
     *
     * @param required how many must cosign before a head is published
     * @param timeout for one request
     * @throws IllegalArgumentException if two witnesses share a key or a name, or too many are required
     */
    public Witnesses(NoteKey log, List<Witness> witnesses, int required, Duration timeout) {
        this.verifier =
                new CheckpointVerifier(log, witnesses.stream().map(Witness::key).toList(), required);
        this.http = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.clients = witnesses.stream()
                .map(witness -> new WitnessClient(witness, log, http, timeout))
                .toList();
    }

    /**
     * Has the newest head cosigned and published. Call it again when the log has grown, or when too few answered.
     *
     * @throws MalformedException if the log's own tiles are damaged
     */
    public synchronized Round publish(TileLog log) throws IOException, MalformedException, InterruptedException {
        VerifiedCheckpoint head = log.signedCheckpoint();
        List<WitnessAnswer> answers = ask(head, log::consistencyProof);
        List<NoteSignature> lines = new ArrayList<>();
        for (WitnessAnswer answer : answers) {
            if (answer instanceof WitnessAnswer.Cosigned cosigned) {
                lines.add(cosigned.line());
            }
        }
        SignedNote note = head.note().with(lines);
        if (verifier.verify(note) instanceof CheckpointCheck.Verified(VerifiedCheckpoint cosigned)) {
            log.publish(note);
            return new Round(Optional.of(cosigned), answers);
        }
        return new Round(Optional.empty(), answers);
    }

    private List<WitnessAnswer> ask(VerifiedCheckpoint head, WitnessClient.Proofs proofs)
            throws IOException, MalformedException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<WitnessAnswer>> asked = new ArrayList<>();
            for (WitnessClient client : clients) {
                asked.add(threads.submit(() -> client.cosign(head, proofs)));
            }
            List<WitnessAnswer> answers = new ArrayList<>();
            for (Future<WitnessAnswer> answer : asked) {
                answers.add(answer.get());
            }
            return answers;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case MalformedException malformed -> throw malformed;
                default -> throw new IllegalStateException("asking a witness failed", e.getCause());
            }
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
