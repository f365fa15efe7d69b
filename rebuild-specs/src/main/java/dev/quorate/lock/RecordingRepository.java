package dev.quorate.lock;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.quorate.inputs.FileCache;
import dev.quorate.inputs.StoredFile;
import dev.quorate.inputs.WrongBytesException;
import dev.quorate.inputs.maven.MavenPath;
import dev.quorate.inputs.maven.MavenRepository;
import dev.quorate.inputs.maven.MavenUnusableException;
import dev.quorate.inputs.web.HttpFailedException;
import dev.quorate.spec.Locator;
import dev.quorate.spec.LockedFile;
import dev.quorate.spec.RelativePath;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * A Maven repository on the loopback interface that takes each file from the machine's own repository, keeps it in the
 * cache and remembers it. It has no metadata, since a lock pins versions. It makes the checksums that Maven asks for
 * itself, since the pins are digests.
 */
public final class RecordingRepository implements AutoCloseable {
    private static final String SHA1 = ".sha1";
    private static final Pattern NOT_PINNED =
            Pattern.compile("maven-metadata.*|.*\\.(md5|sha256|sha512|asc)|.*-SNAPSHOT.*");

    private final HttpServer server;
    private final ExecutorService threads;
    private final MavenRepository repository;
    private final FileCache cache;
    private final Map<RelativePath, LockedFile> recorded = new ConcurrentSkipListMap<>();

    private RecordingRepository(HttpServer server, MavenRepository repository, FileCache cache) {
        this.server = server;
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        this.repository = repository;
        this.cache = cache;
    }

    /** Starts to serve on a free port. */
    public static RecordingRepository start(MavenRepository repository, FileCache cache) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var recording = new RecordingRepository(HttpServer.create(address, 64), repository, cache);
        recording.server.setExecutor(recording.threads);
        recording.server.createContext("/", recording::answer);
        recording.server.start();
        return recording;
    }

    /** Base of the repository, with a slash at its end. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** What was asked for and there, by path. */
    public List<LockedFile> recorded() {
        return List.copyOf(recorded.values());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")
                    && !exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            String requested = exchange.getRequestURI().getPath();
            if (requested.endsWith(SHA1)) {
                sendSha1(exchange, requested.substring(0, requested.length() - SHA1.length()));
                return;
            }
            Optional<LockedFile> file = file(requested);
            if (file.isEmpty()) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            send(exchange, file.get());
        } catch (HttpFailedException | MavenUnusableException | WrongBytesException e) {
            exchange.sendResponseHeaders(502, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<LockedFile> file(String requested)
            throws HttpFailedException, MavenUnusableException, WrongBytesException, IOException, InterruptedException {
        Optional<RelativePath> path = path(requested);
        Optional<Locator.Package> locator = path.flatMap(MavenPath::locator);
        if (locator.isEmpty() || NOT_PINNED.matcher(path.get().fileName()).matches()) {
            return Optional.empty();
        }
        LockedFile known = recorded.get(path.get());
        if (known != null) {
            return Optional.of(known);
        }
        Optional<StoredFile> stored = repository.add(path.get(), cache);
        stored.ifPresent(file -> recorded.put(
                path.get(),
                new LockedFile(LockedFile.Role.REPOSITORY, path.get(), locator.get(), file.size(), file.sha256())));
        return Optional.ofNullable(recorded.get(path.get()));
    }

    private void send(HttpExchange exchange, LockedFile file) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        // A length of 0 would mean chunks of unknown length, which is right for an empty file, too.
        exchange.sendResponseHeaders(200, file.size());
        Files.copy(bytes(file), exchange.getResponseBody());
    }

    private void sendSha1(HttpExchange exchange, String requested) throws IOException {
        Optional<LockedFile> file = path(requested).map(recorded::get);
        if (file.isEmpty()) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        byte[] sum = HexFormat.of().formatHex(sha1(bytes(file.get()))).getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(200, sum.length);
        exchange.getResponseBody().write(sum);
    }

    private Path bytes(LockedFile file) throws IOException {
        return cache.find(file.sha256()).orElseThrow(() -> new IOException("the cache lost " + file.sha256()));
    }

    private static byte[] sha1(Path file) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-1"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return in.getMessageDigest().digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    private static Optional<RelativePath> path(String requested) {
        try {
            return Optional.of(RelativePath.parse(requested.substring(1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
