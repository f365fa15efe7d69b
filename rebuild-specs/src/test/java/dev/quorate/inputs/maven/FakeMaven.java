package dev.quorate.inputs.maven;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Maven repository of texts on the loopback interface. */
public final class FakeMaven implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** An empty repository below {@code /m2/}. */
    public FakeMaven() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/m2/", exchange -> {
            String path = exchange.getRequestURI().getPath().substring("/m2/".length());
            asked.add(path);
            String text = texts.get(path);
            byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(text == null ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    /** Adds a file. */
    public FakeMaven with(String path, String text) {
        texts.put(path, text);
        return this;
    }

    /** Paths in the order in which they were asked for. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** Its base. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/m2/");
    }

    /** A machine whose settings name this repository as a mirror. */
    public MavenMachine machine(Path directory) throws IOException {
        Path settings = Files.writeString(directory.resolve("settings.xml"), """
                <settings><mirrors><mirror><id>m</id><mirrorOf>*</mirrorOf><url>%s</url></mirror></mirrors></settings>
                """.formatted(uri()));
        return new MavenMachine(List.of(settings), List.of(), Map.of());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
