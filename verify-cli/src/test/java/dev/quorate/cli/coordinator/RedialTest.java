package dev.quorate.cli.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.round.FakeCoordinator;
import dev.quorate.digest.Sha256;
import dev.quorate.json.Json;
import dev.quorate.round.RoundId;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Who has no connection in time tries again, not for ever, and asks nothing twice. */
class RedialTest {
    private static final List<Duration> ALL = List.of(Duration.ofSeconds(1), Duration.ofSeconds(3));

    private final List<Duration> pauses = new ArrayList<>();
    private final Redial redial = new Redial(pauses::add);

    /** Fails so often, then answers. */
    private static Redial.Call<String> failing(IOException... failures) {
        Deque<IOException> left = new ArrayDeque<>(List.of(failures));
        return () -> {
            if (!left.isEmpty()) {
                throw left.pop();
            }
            return "answer";
        };
    }

    private static IOException late() {
        return new HttpConnectTimeoutException("HTTP connect timed out");
    }

    @Test
    void aConnectionThatComesAtTheLastTryIsEnough() throws Exception {
        assertEquals("answer", redial.until(failing()));
        assertEquals(List.of(), pauses);
        assertEquals("answer", redial.until(failing(late(), late())));
        assertEquals(ALL, pauses);
    }

    @Test
    void itIsNotTriedForEver() {
        assertThrows(HttpConnectTimeoutException.class, () -> redial.until(failing(late(), late(), late())));
        assertEquals(ALL, pauses);
        assertEquals(ALL.size() + 1, Redial.MOST_TRIES);
    }

    @Test
    void whatMayHaveBeenSentIsNotSentAgain() {
        for (IOException failure : List.of(
                new HttpTimeoutException("request timed out"), new ConnectException("refused"), new IOException())) {
            assertEquals(failure, assertThrows(IOException.class, () -> redial.until(failing(failure))));
        }
        assertEquals(List.of(), pauses);
    }

    /** The kernel takes the connection, and nobody says a word of TLS. */
    @Test
    void aCoordinatorThatDoesNotAnswerIsOneSentence(@TempDir Path directory) throws Exception {
        RoundId round = RoundId.ofRandom(new byte[16]);
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var pinned = new FakeCoordinator()) {
            String url = "https://127.0.0.1:" + silent.getLocalPort();
            Files.writeString(directory.resolve("coordinator.pem"), pinned.certificatePem());
            Path file = Files.writeString(
                    directory.resolve("client.yaml"),
                    "coordinator: " + url + "\ncoordinatorCertificate: coordinator.pem\n");
            ClientConfig config = ClientConfig.read(new GivenFile("client.yaml", file));
            try (var coordinator = Coordinator.connect(config, Duration.ofMillis(1), redial)) {
                List<Executable> questions = List.of(
                        () -> coordinator.submit(Json.object().build()),
                        () -> coordinator.kit(round),
                        () -> coordinator.blobStream(Sha256.of("blob")));
                for (Executable question : questions) {
                    pauses.clear();
                    String sentence =
                            assertThrows(RefusedException.class, question).getMessage();
                    assertTrue(
                            sentence.startsWith("the coordinator " + url + " cannot be reached: no connection came"),
                            sentence);
                    assertEquals(ALL, pauses);
                }
                pauses.clear();
                assertThrows(RefusedException.class, () -> coordinator.events(round));
                assertEquals(List.of(), pauses);
            }
        }
    }
}
