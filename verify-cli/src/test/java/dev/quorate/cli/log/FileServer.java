package dev.quorate.cli.log;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Serves a directory's files over HTTP, and remembers nothing. */
final class FileServer implements AutoCloseable {
    private final HttpServer server;

    FileServer(Path directory) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/log/", exchange -> {
            try (exchange) {
                Path file = directory.resolve(exchange.getRequestURI().getPath().substring("/log/".length()));
                if (Files.isRegularFile(file)) {
                    byte[] bytes = Files.readAllBytes(file);
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                } else {
                    exchange.sendResponseHeaders(404, -1);
                }
            }
        });
        server.start();
    }

    String url() {
        return "http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort() + "/log/";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
