package dev.quorate.it.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import dev.quorate.log.CheckpointCheck;
import dev.quorate.log.CheckpointRefusal;
import dev.quorate.log.CheckpointVerifier;
import dev.quorate.log.MerkleProof;
import dev.quorate.log.NoteKey;
import dev.quorate.log.NoteSigner;
import dev.quorate.log.SignedNote;
import dev.quorate.log.TreeHead;
import dev.quorate.log.VerifiedCheckpoint;
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
import java.security.SignatureException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A C2SP witness of one log. It stores what it cosigns before it answers, one request at a time. */
public final class WitnessServer implements AutoCloseable {
    private static final int MAX_REQUEST_BYTES = SignedNote.MAX_BYTES + 64 * 64;

    private final NoteSigner signer;
    private final CheckpointVerifier log;
    private final Path state;
    private final InstantSource clock;
    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();

    private record Answer(int status, String body) {}

    private record Request(long oldSize, List<Sha256> proof, SignedNote note) {}

    private WitnessServer(NoteSigner signer, NoteKey log, Path state, InstantSource clock) throws IOException {
        this.signer = signer;
        this.log = CheckpointVerifier.unwitnessed(log);
        this.state = state;
        this.clock = clock;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/add-checkpoint", this::handle);
        server.start();
    }

    /** Starts a witness that keeps the last checkpoint in this file. */
    public static WitnessServer start(NoteSigner signer, NoteKey log, Path state, InstantSource clock)
            throws IOException {
        return new WitnessServer(signer, log, state, clock);
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
            byte[] body = exchange.getRequestBody().readNBytes(MAX_REQUEST_BYTES + 1);
            Answer answer = answer(body);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            if (answer.status() == 409) {
                exchange.getResponseHeaders().set("Content-Type", "text/x.tlog.size");
            }
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private synchronized Answer answer(byte[] body) throws IOException {
        try {
            Request request = parse(body);
            return switch (log.verify(request.note())) {
                case CheckpointCheck.Refused(CheckpointRefusal reason, String detail) ->
                    new Answer(
                            switch (reason) {
                                case WRONG_ORIGIN -> 404;
                                case NOT_SIGNED_BY_LOG, BAD_SIGNATURE, TOO_FEW_WITNESSES -> 403;
                                case MALFORMED -> 400;
                            },
                            detail);
                case CheckpointCheck.Verified(VerifiedCheckpoint next) -> answer(request, next);
            };
        } catch (MalformedException | IllegalArgumentException e) {
            return new Answer(400, e.getMessage());
        } catch (SignatureException e) {
            throw new IOException(e);
        }
    }

    private Answer answer(Request request, VerifiedCheckpoint next)
            throws IOException, MalformedException, SignatureException {
        TreeHead known = known();
        if (request.oldSize() > next.head().size()) {
            return new Answer(400, "old size beyond the checkpoint");
        }
        if (request.oldSize() != known.size()) {
            return new Answer(409, known.size() + "\n");
        }
        if (!MerkleProof.consistency(known, next.head(), request.proof()).isProven()) {
            boolean sameSize = known.size() == next.head().size();
            return sameSize ? new Answer(409, known.size() + "\n") : new Answer(422, "not consistent");
        }
        store(request.note());
        long now = clock.instant().getEpochSecond();
        return new Answer(200, signer.cosign(request.note().text(), now).line());
    }

    private static Request parse(byte[] body) throws MalformedException {
        if (body.length > MAX_REQUEST_BYTES) {
            throw new IllegalArgumentException("the request is too long");
        }
        String text = new String(body, StandardCharsets.UTF_8);
        int blank = text.indexOf("\n\n");
        if (!text.startsWith("old ") || blank < 0) {
            throw new IllegalArgumentException("a request begins with its old size");
        }
        List<String> lines = text.substring(0, blank).lines().toList();
        List<Sha256> proof = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            proof.add(Sha256.ofDigest(Base64.getDecoder().decode(line)));
        }
        byte[] note = text.substring(blank + 2).getBytes(StandardCharsets.UTF_8);
        return new Request(
                TreeHead.parseSize(lines.getFirst().substring("old ".length())),
                proof,
                SignedNote.parse(note, "checkpoint"));
    }

    private TreeHead known() throws IOException {
        if (Files.notExists(state)) {
            return TreeHead.EMPTY;
        }
        if (log.verify(Files.readAllBytes(state)) instanceof CheckpointCheck.Verified(VerifiedCheckpoint last)) {
            return last.head();
        }
        throw new IOException("the witness's own state is damaged");
    }

    private void store(SignedNote note) throws IOException {
        Path aside = state.resolveSibling(state.getFileName() + ".tmp");
        try (FileChannel file = FileChannel.open(
                aside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(note.bytes());
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
        Files.move(aside, state, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(state.toAbsolutePath().getParent())) {
            directory.force(true);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
