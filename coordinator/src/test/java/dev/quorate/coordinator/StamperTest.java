package dev.quorate.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.sun.net.httpserver.HttpServer;
import dev.quorate.coordinator.store.RoundStore;
import dev.quorate.coordinator.time.TimeAuthorityClient;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.fixture.TimeStamper;
import dev.quorate.time.TokenCheck;
import dev.quorate.time.TokenVerifier;
import dev.quorate.trust.TimeAuthority;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each signature gets its own token, once. */
class StamperTest {
    @TempDir
    Path directory;

    private final TimeStamper tsa = new TimeStamper();
    private final TimeAuthority named = tsa.authority("tsa");
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private RoundStore store;
    private Stamper stamper;

    @BeforeEach
    void open() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
        server.createContext("/", exchange -> {
            try (exchange) {
                asked.incrementAndGet();
                byte[] answer = tsa.answer(exchange.getRequestBody().readAllBytes(), Instant.now());
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
        store = RoundStore.open(directory.resolve("rounds.sqlite"));
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        var client = new TimeAuthorityClient(url, () -> List.of(named), Clock.systemUTC(), Duration.ofSeconds(30));
        stamper = new Stamper(client, store.tokens(), Stamper.Need.NEEDED).start();
    }

    @AfterEach
    void close() {
        stamper.close();
        store.close();
        server.stop(0);
    }

    @Test
    void oneTextSignedTwiceHasTwoTokens() throws Exception {
        byte[] text = "{}".getBytes(StandardCharsets.UTF_8);
        var signer = new KeyPairSigner(KeyPairSigner.generate());
        for (Envelope certificate : List.of(Envelope.sign(text, signer), Envelope.sign(text, signer))) {
            List<byte[]> tokens = stamper.over(certificate);
            assertEquals(1, tokens.size());
            var verifier = new TokenVerifier(certificate.signature(), List.of(named));
            assertInstanceOf(TokenCheck.Stamped.class, verifier.check(tokens.getFirst()));
            stamper.over(certificate);
        }
        assertEquals(2, asked.get());
    }
}
