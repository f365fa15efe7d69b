package dev.quorate.coordinator.log;

import dev.quorate.json.MalformedException;
import dev.quorate.log.NoteKey;
import dev.quorate.log.VerifiedCheckpoint;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;

/** Asks one witness over HTTP. Not for several threads. */
final class WitnessClient {
    private static final int MAX_ANSWER_BYTES = 64 * 1024;

    private final WitnessTalk talk;
    private final HttpClient http;
    private final Duration timeout;

    WitnessClient(Witness witness, NoteKey log, InstantSource clock, HttpClient http, Duration timeout) {
        this.talk = new WitnessTalk(witness, log, clock);
        this.http = http;
        this.timeout = timeout;
    }

    /** Asks for a cosignature over this head; waits no longer than a few timeouts. */
    WitnessAnswer cosign(VerifiedCheckpoint head, WitnessTalk.Proofs proofs)
            throws IOException, MalformedException, InterruptedException {
        WitnessTalk.Step step = talk.begin(head, proofs);
        while (step instanceof WitnessTalk.Step.Ask(String body)) {
            step = ask(body, head, proofs);
        }
        return ((WitnessTalk.Step.Over) step).answer();
    }

    private WitnessTalk.Step ask(String body, VerifiedCheckpoint head, WitnessTalk.Proofs proofs)
            throws IOException, MalformedException, InterruptedException {
        HttpResponse<byte[]> response;
        try {
            response = post(body);
        } catch (IOException e) {
            return talk.unreachable(String.valueOf(e.getMessage()));
        }
        return talk.heard(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8), head, proofs);
    }

    private HttpResponse<byte[]> post(String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(talk.witness().addCheckpoint())
                .timeout(timeout)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
    }
}
