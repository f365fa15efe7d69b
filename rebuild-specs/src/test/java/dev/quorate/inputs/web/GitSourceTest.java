package dev.quorate.inputs.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.quorate.digest.Sha256;
import dev.quorate.inputs.FileCache;
import dev.quorate.inputs.InputSource;
import dev.quorate.inputs.StoredFile;
import dev.quorate.inputs.Tools;
import dev.quorate.spec.Locator;
import dev.quorate.spec.LockedFile;
import dev.quorate.spec.RelativePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitSourceTest {
    @TempDir
    Path directory;

    private HttpServer server;
    private String commit;

    @BeforeEach
    void serve() throws Exception {
        Tools.need("/usr/bin/git");
        Tools.need("/usr/lib/git-core/git-http-backend");
        Path tree = Files.createDirectories(directory.resolve("repositories/x"));
        git(tree, "init", "-q");
        Files.writeString(tree.resolve("file"), "content\n");
        git(tree, "add", ".");
        git(tree, "-c", "user.name=n", "-c", "user.email=e@example.org", "commit", "-q", "-m", "m");
        git(tree, "config", "uploadpack.allowReachableSHA1InWant", "true");
        commit = git(tree, "rev-parse", "HEAD").strip();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void archivesExactlyOneCommitTheSameEveryTime() throws Exception {
        var cache = new FileCache(directory.resolve("cache"));
        var source = new GitSource(directory.resolve("git"));
        StoredFile tar = source.add(locator("x/.git", commit), cache);
        assertTrue(Files.readString(tar.path(), StandardCharsets.ISO_8859_1).contains("content\n"));
        Files.delete(tar.path());
        var pin = new LockedFile(
                LockedFile.Role.SOURCE,
                RelativePath.parse("x.tar"),
                locator("x/.git", commit),
                tar.size(),
                tar.sha256());
        assertEquals(List.of(), source.fetch(List.of(pin), cache));
        assertTrue(cache.find(tar.sha256()).isPresent());
        try (Stream<Path> left = Files.list(directory.resolve("git"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void missesOtherBytesAndCommitsThatAreNotThere() throws Exception {
        var cache = new FileCache(directory.resolve("cache"));
        var source = new GitSource(directory.resolve("git"));
        var pin = new LockedFile(
                LockedFile.Role.SOURCE, RelativePath.parse("x.tar"), locator("x/.git", commit), 5, Sha256.of("other"));
        List<InputSource.Miss> misses = source.fetch(List.of(pin), cache);
        assertTrue(misses.getFirst().reason().contains("should have at most 5 bytes"), misses.toString());
        assertThrows(
                HttpFailedException.class,
                () -> source.add(
                        locator("x/.git", commit.replace(commit.charAt(0), '0').replace(commit.charAt(1), '1')),
                        cache));
    }

    @Test
    void followsNoRedirect() {
        assertThrows(
                HttpFailedException.class,
                () -> new GitSource(directory.resolve("git"))
                        .add(locator("redirect/.git", commit), new FileCache(directory.resolve("cache"))));
    }

    private Locator.Git locator(String path, String id) {
        return (Locator.Git)
                Locator.parse("git+http://127.0.0.1:" + server.getAddress().getPort() + "/" + path + "#" + id);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith("/redirect/")) {
                String query = exchange.getRequestURI().getRawQuery();
                exchange.getResponseHeaders()
                        .add("Location", path.replace("/redirect/", "/x/") + (query == null ? "" : "?" + query));
                exchange.sendResponseHeaders(301, -1);
                return;
            }
            backend(exchange, path);
        }
    }

    /** Runs Git's own server as a CGI program. */
    private void backend(HttpExchange exchange, String path) throws IOException {
        byte[] request = exchange.getRequestBody().readAllBytes();
        var builder = new ProcessBuilder("/usr/lib/git-core/git-http-backend");
        var environment = builder.environment();
        environment.put("GIT_PROJECT_ROOT", directory.resolve("repositories").toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("GIT_CONFIG_COUNT", "1");
        environment.put("GIT_CONFIG_KEY_0", "safe.directory");
        environment.put("GIT_CONFIG_VALUE_0", "*");
        environment.put("PATH_INFO", path);
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put(
                "QUERY_STRING",
                exchange.getRequestURI().getRawQuery() == null
                        ? ""
                        : exchange.getRequestURI().getRawQuery());
        environment.put("CONTENT_TYPE", header(exchange, "Content-Type"));
        environment.put("CONTENT_LENGTH", Integer.toString(request.length));
        environment.put("HTTP_CONTENT_ENCODING", header(exchange, "Content-Encoding"));
        environment.put("GIT_PROTOCOL", header(exchange, "Git-Protocol"));
        Process process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write(request);
        }
        byte[] answer = process.getInputStream().readAllBytes();
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        int status = 200;
        for (String line : text.substring(0, end).split("\r\n")) {
            String[] parts = line.split(": ", 2);
            if (parts[0].equals("Status")) {
                status = Integer.parseInt(parts[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(parts[0], parts[1]);
            }
        }
        var body = new ByteArrayOutputStream();
        body.write(answer, end + 4, answer.length - end - 4);
        exchange.sendResponseHeaders(status, body.size() == 0 ? -1 : body.size());
        body.writeTo(exchange.getResponseBody());
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static String git(Path in, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("/usr/bin/git"));
        all.addAll(List.of(arguments));
        Process process = new ProcessBuilder(all).directory(in.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return output;
    }
}
