package dev.quorate.it.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.quorate.log.NoteKey;
import dev.quorate.log.NoteSigner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A C2SP witness of one log behind HTTP, one request at a time. */
public final class WitnessServer implements AutoCloseable {
    private final TlogWitness witness;
    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();

    /** One file, written aside, forced, renamed, and its directory forced. */
    private record StateFile(Path path) implements TlogWitness.Memory {
        @Override
        public Optional<byte[]> read() throws IOException {
            return Files.exists(path) ? Optional.of(Files.readAllBytes(path)) : Optional.empty();
        }

        @Override
        public void store(byte[] checkpoint) throws IOException {
            Path aside = path.resolveSibling(path.getFileName() + ".tmp");
            try (FileChannel file = FileChannel.open(
                    aside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(checkpoint);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                file.force(true);
            }
            Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel directory = FileChannel.open(path.toAbsolutePath().getParent())) {
                directory.force(true);
            }
        }
    }

    private WitnessServer(TlogWitness witness) throws IOException {
        this.witness = witness;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/add-checkpoint", this::handle);
        server.start();
    }

    /** Starts a witness that keeps the last checkpoint in this file. */
    public static WitnessServer start(NoteSigner signer, NoteKey log, Path state, InstantSource clock)
            throws IOException {
        return new WitnessServer(new TlogWitness(signer, log, new StateFile(state), clock));
    }

    /** Its submission prefix. */
    public URI prefix() {
        return URI.create("http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort());
    }

    /** How many times it was asked. */
    public int asked() {
        return asked.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(TlogWitness.MAX_REQUEST_BYTES + 1);
            TlogWitness.Answer answer = answer(body);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            if (answer.status() == 409) {
                exchange.getResponseHeaders().set("Content-Type", "text/x.tlog.size");
            }
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private synchronized TlogWitness.Answer answer(byte[] body) throws IOException {
        return witness.answer(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
