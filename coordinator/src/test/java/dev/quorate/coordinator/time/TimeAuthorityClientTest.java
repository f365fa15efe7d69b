package dev.quorate.coordinator.time;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.TimeStamper;
import dev.quorate.time.TokenCheck;
import dev.quorate.time.TokenRequest;
import dev.quorate.time.TokenVerifier;
import dev.quorate.trust.TimeAuthority;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a server may answer, and what of it is kept. */
class TimeAuthorityClientTest {
    private static final byte[] SIGNATURE = "a signature".getBytes(StandardCharsets.UTF_8);
    private static final Instant NOW = RoundScript.START;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final TimeStamper tsa = new TimeStamper();
    private HttpServer server;
    private Answering answering = request -> tsa.answer(request, NOW);
    private int status = 200;

    private interface Answering {
        byte[] to(byte[] request);
    }

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
        server.createContext("/", this::handle);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] answer = answering.to(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private byte[] stamp(TimeAuthority named) throws Exception {
        try (var client = client(() -> List.of(named))) {
            return client.stamp(SIGNATURE);
        }
    }

    private TimeAuthorityClient client(Supplier<List<TimeAuthority>> named) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return new TimeAuthorityClient(url, named, Clock.fixed(NOW, ZoneOffset.UTC), TIMEOUT);
    }

    /** What is kept once stays in every kit, so nobody keeps what a later trust root no longer takes. */
    @Test
    void aLaterTrustRootDecidesWhoseTokensAreKept() throws Exception {
        var named = new AtomicReference<>(tsa.authority("tsa"));
        try (var client = client(() -> List.of(named.get()))) {
            client.stamp(SIGNATURE);
            named.set(tsa.authority("tsa").until(NOW));
            String said = assertThrows(StampException.class, () -> client.stamp(SIGNATURE))
                    .getMessage();
            assertTrue(said.contains("does not take tsa's word for"), said);
        }
    }

    private void refuses(TimeAuthority named, String message) {
        String said = assertThrows(StampException.class, () -> stamp(named)).getMessage();
        assertTrue(said.contains(message), said);
    }

    @Test
    void aGoodTokenIsGivenInTheOneSpelling() throws Exception {
        TimeAuthority named = tsa.authority("tsa");
        byte[] token = stamp(named);
        assertInstanceOf(TokenCheck.Stamped.class, new TokenVerifier(SIGNATURE, List.of(named)).check(token));
    }

    @Test
    void whatNoUserWouldTakeIsNotKept() {
        refuses(new TimeStamper().authority("other"), "of no time authority");
        refuses(tsa.authority("tsa", NOW.minusSeconds(60), Optional.of(NOW)), "does not take tsa's word");
        answering = request -> tsa.answer(request, NOW.minus(Duration.ofMinutes(11)));
        refuses(tsa.authority("tsa"), "and this machine that it is");
        answering = request ->
                tsa.answer(TokenRequest.over(SIGNATURE, BigInteger.ONE).bytes(), NOW);
        refuses(tsa.authority("tsa"), "none to what was asked");
        answering = request -> new byte[3];
        refuses(tsa.authority("tsa"), "none to what was asked");
    }

    @Test
    void aServerThatIsIllIsAFailureAndNoToken() {
        status = 503;
        refuses(tsa.authority("tsa"), "HTTP status 503");
        status = 200;
        answering = request -> new byte[100_000];
        refuses(tsa.authority("tsa"), "cannot be reached");
        server.stop(0);
        refuses(tsa.authority("tsa"), "cannot be reached");
    }
}
