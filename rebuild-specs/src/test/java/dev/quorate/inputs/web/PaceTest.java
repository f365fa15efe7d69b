package dev.quorate.inputs.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000;

    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, 1 << 20);
            exchange.getResponseBody().write(new byte[100]);
            exchange.getResponseBody().flush();
            try {
                if (exchange.getRequestURI().getPath().equals("/stalls")) {
                    end.await();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.getResponseBody().write(new byte[(1 << 20) - 100]);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    @Test
    void bytesBuyTimeUpToTheLongest() {
        var pace = new Pace(Duration.ofSeconds(10), 100, Duration.ofSeconds(60));
        assertEquals(10 * SECOND, pace.left(0, 0));
        assertEquals(0, pace.left(10 * SECOND, 99));
        assertEquals(SECOND, pace.left(10 * SECOND, 100));
        assertEquals(60 * SECOND, pace.left(0, 5000));
        assertEquals(-SECOND, pace.left(61 * SECOND, 1 << 30));
        assertTrue(Pace.ORDINARY.left(0, 4L << 30) > 0);
    }

    @Test
    void aServerThatStallsIsLeftAndNotAskedAgain() {
        var http = HttpFiles.straight(new Pace(Duration.ofMillis(20), 1 << 10, Duration.ofMinutes(1)));
        var e = assertThrows(
                HttpFailedException.class, () -> http.get(uri("/stalls"), Map.of(), InputStream::readAllBytes));
        assertEquals("the server was slower than 1024 bytes a second or took longer than 1 min", e.getMessage());
        assertEquals(1, asked.get());
    }

    @Test
    void aFileWithinItsTimeComesWhole() throws Exception {
        var http = HttpFiles.straight(new Pace(Duration.ofMinutes(5), 1, Duration.ofMinutes(5)));
        assertArrayEquals(new byte[1 << 20], http.get(uri("/good"), Map.of(), InputStream::readAllBytes));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }
}
