package dev.quorate.cli.round;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A coordinator that answers what it was told to. */
public final class FakeCoordinator implements AutoCloseable {
    private final HttpsServer server;
    private final X509Certificate certificate;
    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
    private final Map<String, Deque<String>> streams = new ConcurrentHashMap<>();
    private final Map<String, String> problems = new ConcurrentHashMap<>();
    private final Map<String, byte[]> received = new ConcurrentHashMap<>();

    public FakeCoordinator() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
        certificate = Certificates.selfSigned(pair);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("tls", pair.getPrivate(), new char[0], new X509Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    public String certificatePem() throws Exception {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    public FakeCoordinator answers(String request, byte[] body) {
        answers.put(request, body);
        return this;
    }

    public FakeCoordinator answers(String request, String body) {
        return answers(request, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers one connection after another with these bytes, then hangs up. */
    FakeCoordinator streams(String request, String... connections) {
        streams.put(request, new ArrayDeque<>(java.util.List.of(connections)));
        return this;
    }

    public FakeCoordinator refuses(String request, String detail) {
        problems.put(request, detail);
        return this;
    }

    public byte[] received(String request) {
        return received.get(request);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        received.put(request, exchange.getRequestBody().readAllBytes());
        try (exchange) {
            if (streams.containsKey(request)) {
                String next = streams.get(request).pollFirst();
                exchange.sendResponseHeaders(next == null ? 503 : 200, 0);
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write((next == null ? "{\"title\":\"later\"}" : next).getBytes(StandardCharsets.UTF_8));
                }
            } else if (answers.containsKey(request)) {
                byte[] body = answers.get(request);
                exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            } else {
                String detail = problems.getOrDefault(request, "there is nothing here");
                byte[] body = ("{\"title\":\"no\",\"detail\":\"" + detail + "\"}").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(404, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
