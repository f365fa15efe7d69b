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
    private final int required;
    private final HttpClient http;
    private final List<WitnessClient> clients;

    /**
     * What came of one round.
     *
     * @param published the head with its cosignatures, if there were enough
     * @param head the same head with as many as there were
     * @param answers one a witness, in the order of configuration
     */
    public record Round(Optional<VerifiedCheckpoint> published, VerifiedCheckpoint head, List<WitnessAnswer> answers) {
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
        if (required > witnesses.size()) {
            throw new IllegalArgumentException("no more witnesses can be required than there are");
        }
        this.verifier =
                new CheckpointVerifier(log, witnesses.stream().map(Witness::key).toList(), 0);
        this.required = required;
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
        VerifiedCheckpoint cosigned = verify(head.note().with(lines))
                .orElseThrow(() -> new IllegalStateException("the log's own head does not verify"));
        boolean enough = cosigned.cosignatures().size() >= required;
        if (enough) {
            log.publish(cosigned.note());
        }
        return new Round(Optional.of(cosigned).filter(c -> enough), cosigned, answers);
    }

    /** Whether enough of these witnesses have cosigned a head; what is served may be from before they were asked. */
    public boolean suffice(VerifiedCheckpoint head) {
        return verify(head.note())
                .filter(c -> c.cosignatures().size() >= required)
                .isPresent();
    }

    private Optional<VerifiedCheckpoint> verify(SignedNote note) {
        return verifier.verify(note) instanceof CheckpointCheck.Verified(VerifiedCheckpoint verified)
                ? Optional.of(verified)
                : Optional.empty();
    }

    private List<WitnessAnswer> ask(VerifiedCheckpoint head, WitnessClient.Proofs proofs)
            throws IOException, MalformedException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<WitnessAnswer>> asked = new ArrayList<>();
            for (WitnessClient client : clients) {
                asked.add(threads.submit(() -> client.cosign(head, proofs)));
            }
            return answers(asked, threads);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case MalformedException malformed -> throw malformed;
                default -> throw new IllegalStateException("asking a witness failed", e.getCause());
            }
        }
    }

    private static List<WitnessAnswer> answers(List<Future<WitnessAnswer>> asked, ExecutorService threads)
            throws InterruptedException, ExecutionException {
        try {
            List<WitnessAnswer> answers = new ArrayList<>();
            for (Future<WitnessAnswer> answer : asked) {
                answers.add(answer.get());
            }
            return answers;
        } catch (InterruptedException e) {
            // Else closing would wait for the slowest witness.
            threads.shutdownNow();
            throw e;
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
