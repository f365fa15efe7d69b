package dev.quorate.it.time;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.quorate.inputs.process.Command;
import dev.quorate.inputs.process.CommandFailedException;
import dev.quorate.kit.Bundle;
import dev.quorate.time.TokenRequest;
import dev.quorate.trust.DerCertificate;
import dev.quorate.trust.TimeAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code openssl ts} with keys of its own behind a loopback HTTP server; one request at a time. */
public final class OpensslAuthority implements AutoCloseable {
    private static final Path OPENSSL = Path.of("/usr/bin/openssl");
    private static final String ID = "tsa.example";
    private static final int UNAVAILABLE = 503;

    private final Path directory;
    private final HttpServer server;
    private volatile boolean broken;

    private OpensslAuthority(Path directory) throws IOException {
        this.directory = directory;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/tsa", this::handle);
        server.start();
    }

    /** Makes its keys in a new directory and starts it; without openssl the test is skipped, and fails in CI. */
    public static OpensslAuthority start(Path directory) throws IOException, InterruptedException {
        if (!Files.isExecutable(OPENSSL)) {
            String sentence = "openssl is missing: apt-get install openssl, or run ./quorate test";
            if ("true".equals(System.getenv("CI"))) {
                fail(sentence);
            }
            abort(sentence);
        }
        var authority = new OpensslAuthority(Files.createDirectories(directory));
        authority.makeKeys();
        return authority;
    }

    private void makeKeys() throws IOException, InterruptedException {
        openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout root.key -out root.pem"
                + " -subj /O=Test/CN=TSA-root -days 30 -addext basicConstraints=critical,CA:TRUE"
                + " -addext keyUsage=critical,keyCertSign");
        openssl("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout tsa.key -out tsa.csr"
                + " -subj /O=Test/CN=TSA");
        Files.writeString(directory.resolve("tsa.ext"), """
                extendedKeyUsage=critical,timeStamping
                keyUsage=critical,digitalSignature
                basicConstraints=critical,CA:FALSE
                """);
        openssl("x509 -req -in tsa.csr -CA root.pem -CAkey root.key -set_serial 7 -days 30 -extfile tsa.ext"
                + " -out tsa.pem");
        Files.writeString(directory.resolve("serial"), "01\n");
        Files.writeString(directory.resolve("tsa.cnf"), """
                [tsa]
                default_tsa = here
                [here]
                serial = serial
                signer_cert = tsa.pem
                signer_key = tsa.key
                signer_digest = sha256
                default_policy = 1.2.3.4.1
                digests = sha256
                """);
        String chain = Files.readString(directory.resolve("tsa.pem")) + Files.readString(directory.resolve("root.pem"));
        Files.writeString(chain(), chain);
    }

    private void openssl(String words) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(OPENSSL.toString()));
        arguments.addAll(Arrays.asList(words.split(" ")));
        new Command(arguments, Map.of("PATH", "/usr/bin"), directory, Duration.ofMinutes(5)).text(1 << 20);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream in = exchange.getRequestBody()) {
            byte[] request = in.readNBytes(1 << 16);
            boolean asked =
                    TokenRequest.MEDIA_TYPE.equals(exchange.getRequestHeaders().getFirst("Content-Type"));
            if (broken || !asked) {
                exchange.sendResponseHeaders(UNAVAILABLE, -1);
                return;
            }
            byte[] response = answer(request);
            exchange.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
            exchange.sendResponseHeaders(200, response.length);
            exchange.getResponseBody().write(response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] answer(byte[] request) throws IOException, InterruptedException {
        Files.write(directory.resolve("query.tsq"), request);
        try {
            openssl("ts -reply -config tsa.cnf -section here -queryfile query.tsq -out reply.tsr");
        } catch (CommandFailedException e) {
            throw new IOException(e.getMessage() + " " + e.output(), e);
        }
        return Files.readAllBytes(directory.resolve("reply.tsr"));
    }

    /** A line with a token over its signature, asked for at once. */
    public Bundle stamp(Bundle line) throws Exception {
        TokenRequest request = TokenRequest.over(line.envelope().signature(), BigInteger.TWO);
        byte[] token = request.answer(answer(request.bytes()));
        return new Bundle(line.hint(), line.entry(), line.envelope(), List.of(token));
    }

    /** Where it is asked. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tsa");
    }

    /** Its certificate and its root's, in PEM. */
    public Path chain() {
        return directory.resolve("chain.pem");
    }

    /** What a trust root says of it. */
    public TimeAuthority authority() throws IOException, CertificateException {
        List<DerCertificate> certificates = new ArrayList<>();
        try (InputStream in = Files.newInputStream(chain())) {
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                certificates.add(DerCertificate.of(((X509Certificate) certificate).getEncoded()));
            }
        }
        return new TimeAuthority(ID, certificates, Instant.parse("2026-01-01T00:00:00Z"), Optional.empty());
    }

    /** From now on it answers nothing but that it is unavailable. */
    public void fallSilent() {
        broken = true;
    }

    /** From now on it answers again. */
    public void comeBack() {
        broken = false;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
