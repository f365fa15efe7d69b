package dev.quorate.inputs.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.quorate.digest.Sha256;
import dev.quorate.inputs.FileCache;
import dev.quorate.inputs.InputSource;
import dev.quorate.spec.Locator;
import dev.quorate.spec.LockedFile;
import dev.quorate.spec.RelativePath;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSourceTest {
    @TempDir
    Path directory;

    private HttpServer server;
    private final AtomicInteger stumbles = new AtomicInteger();

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/redirect")) {
                exchange.getResponseHeaders().add("Location", "/good");
                exchange.sendResponseHeaders(302, -1);
            } else if (path.equals("/stumbles") && stumbles.incrementAndGet() < 3) {
                exchange.sendResponseHeaders(503, -1);
            } else {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write("good".getBytes(StandardCharsets.UTF_8));
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void fetchesAFileAndTriesAgainWhenTheServerStumbles() throws Exception {
        var cache = new FileCache(directory);
        assertEquals(List.of(), new WebSource().fetch(List.of(pin("/stumbles", "good")), cache));
        assertEquals(3, stumbles.get());
        assertTrue(cache.find(Sha256.of("good")).isPresent());
    }

    @Test
    void refusesRedirectsAndOtherBytes() throws Exception {
        var cache = new FileCache(directory);
        List<InputSource.Miss> misses =
                new WebSource().fetch(List.of(pin("/redirect", "good"), pin("/good", "evil")), cache);
        assertEquals("the server answered 302", misses.getFirst().reason());
        assertTrue(misses.getLast().reason().contains("should have SHA-256"), misses.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "169.254.169.254",
                "10.0.0.1",
                "172.16.0.1",
                "192.168.1.1",
                "100.64.0.1",
                "0.0.0.0",
                "224.0.0.1",
                "[::1]",
                "[fe80::1]",
                "[fd00::1]",
                "[::ffff:10.0.0.1]"
            })
    void refusesAddressesInsideTheNetwork(String host) {
        assertThrows(HttpFailedException.class, () -> PublicAddress.of(URI.create("https://" + host + "/x")));
    }

    @Test
    void letsPublicAddressesPass() throws Exception {
        assertFalse(PublicAddress.isInside(InetAddress.getByName("192.0.2.1")));
        assertFalse(PublicAddress.isInside(InetAddress.getByName("2001:db8::1")));
        assertFalse(PublicAddress.isInside(InetAddress.getByName("100.63.0.1")));
    }

    private LockedFile pin(String path, String content) {
        return new LockedFile(
                LockedFile.Role.SOURCE,
                RelativePath.parse("file"),
                Locator.parse("http://127.0.0.1:" + server.getAddress().getPort() + path),
                content.length(),
                Sha256.of(content));
    }
}
