package dev.quorate.coordinator.http;

import dev.quorate.coordinator.desk.Desk;
import dev.quorate.coordinator.log.TileLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The log, the pages, and what operators watch. */
final class PublicRoutes {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Desk desk;
    private final TileLog log;
    private final Metrics metrics;

    PublicRoutes(Desk desk, TileLog log, Metrics metrics) {
        this.desk = desk;
        this.log = log;
        this.metrics = metrics;
    }

    List<Route> routes() {
        return List.of(
                anyone("/log/checkpoint", exchange -> logFile("checkpoint")),
                anyone("/log/tile/{tile}", exchange -> logFile("tile/" + exchange.path("tile", t -> t))),
                anyone("/metrics", exchange -> metrics()),
                anyone("/livez", exchange -> Reply.bytes(200, "text/plain; charset=utf-8", utf8("alive\n"))),
                anyone("/readyz", exchange -> ready()),
                anyone("/openapi.json", exchange -> page("openapi.json", "application/json")),
                anyone("/", exchange -> page("dashboard.html", "text/html; charset=utf-8")),
                anyone("/rounds/{round}", exchange -> page("dashboard.html", "text/html; charset=utf-8")),
                anyone("/builders", exchange -> page("dashboard.html", "text/html; charset=utf-8")),
                anyone("/dashboard.css", exchange -> page("dashboard.css", "text/css; charset=utf-8")),
                anyone("/dashboard.js", exchange -> page("dashboard.js", "text/javascript; charset=utf-8")));
    }

    private static Route anyone(String path, Route.Action action) {
        return new Route("GET", path, Role.ANYONE, 0, action);
    }

    private Reply logFile(String path) throws IOException, ProblemException {
        Optional<byte[]> bytes = log.read(path);
        if (bytes.isEmpty()) {
            throw new ProblemException(Problem.notFound("the log has no such file"));
        }
        boolean settled = path.startsWith("tile/") && !path.contains(".p/");
        String type = path.equals("checkpoint") ? "text/plain; charset=utf-8" : "application/octet-stream";
        return Reply.bytes(200, type, bytes.get())
                .with("Cache-Control", settled ? "public, max-age=31536000, immutable" : "no-cache");
    }

    private Reply metrics() {
        Map<String, Long> gauges = new TreeMap<>();
        gauges.put("rounds_open", (long) desk.openRounds());
        gauges.put("rounds", desk.countRounds());
        gauges.put("log_size", log.signedCheckpoint().head().size());
        return Reply.bytes(200, "text/plain; version=0.0.4; charset=utf-8", utf8(metrics.text(gauges)));
    }

    private Reply ready() throws ProblemException {
        if (desk.isDraining()) {
            throw new ProblemException(
                    new Problem(503, "unavailable", "The coordinator takes nothing now", "it is being stopped"));
        }
        return Reply.bytes(200, "text/plain; charset=utf-8", utf8("ready\n"));
    }

    private static Reply page(String name, String type) throws IOException {
        try (InputStream in = PublicRoutes.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the resource " + name + " is missing from the jar");
            }
            return Reply.bytes(200, type, in.readAllBytes())
                    .with("Cache-Control", "no-cache")
                    .with("Content-Security-Policy", POLICY)
                    .with("Referrer-Policy", "no-referrer");
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
