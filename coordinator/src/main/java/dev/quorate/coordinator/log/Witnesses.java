package dev.quorate.coordinator.log;

import dev.quorate.json.MalformedException;
import dev.quorate.log.NoteKey;
import dev.quorate.log.VerifiedCheckpoint;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks all witnesses at once, and publishes a head that enough of them cosigned. One round at a time. */
public final class Witnesses implements AutoCloseable {
    private final Cosigning cosigning;
    private final HttpClient http;
    private final List<WitnessClient> clients;

    /**
     * The witnesses of a log.
     *
     * @param required how many must cosign before a head is published
     * @param clock which says what times of theirs can be
     * @param timeout for one request
     * @throws IllegalArgumentException if two witnesses share a key or a name, or too many are required
     */
    public Witnesses(NoteKey log, List<Witness> witnesses, int required, InstantSource clock, Duration timeout) {
        this.cosigning = new Cosigning(log, witnesses.stream().map(Witness::key).toList(), required);
        this.http = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.clients = witnesses.stream()
                .map(witness -> new WitnessClient(witness, log, clock, http, timeout))
                .toList();
    }

    /** What their answers make of a head. */
    public Cosigning cosigning() {
        return cosigning;
    }

    /**
     * Has the newest head cosigned and published. Call it again when the log has grown, or when too few answered.
     *
     * @throws MalformedException if the log's own tiles are damaged
     */
    public synchronized Cosigning.Round publish(TileLog log)
            throws IOException, MalformedException, InterruptedException {
        VerifiedCheckpoint head = log.signedCheckpoint();
        Cosigning.Round round = cosigning.gather(head, ask(head, log::consistencyProof));
        if (round.published().isPresent()) {
            log.publish(round.published().get().note());
        }
        return round;
    }

    private List<WitnessAnswer> ask(VerifiedCheckpoint head, WitnessTalk.Proofs proofs)
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
