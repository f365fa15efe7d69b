package dev.quorate.coordinator.http;

import dev.quorate.coordinator.blob.BlobStore;
import dev.quorate.coordinator.config.ConfigException;
import dev.quorate.coordinator.config.Listen;
import dev.quorate.coordinator.config.TlsFiles;
import dev.quorate.coordinator.desk.Desk;
import dev.quorate.coordinator.enrol.Admission;
import dev.quorate.coordinator.enrol.Enrolment;
import dev.quorate.coordinator.log.TileLog;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.BindException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The coordinator's port. */
public final class Server implements AutoCloseable {
    private static final int IDLE_SECONDS = 120;
    private static final int DRAIN_SECONDS = 30;
    private static final int LONGEST_LINE = 4 * 1024;
    private static final int LONGEST_HEADERS = 16 * 1024;

    private final Vertx vertx;
    private final ExecutorService threads;
    private final HttpServer server;

    private Server(Vertx vertx, ExecutorService threads, HttpServer server) {
        this.vertx = vertx;
        this.threads = threads;
        this.server = server;
    }

    /**
     * Begins to listen.
     *
     * @throws ConfigException if the port is taken, or the certificate cannot be used
     */
    public static Server start(
            Listen listen,
            TlsFiles tls,
            Desk desk,
            BlobStore blobs,
            TileLog log,
            Enrolment enrolment,
            Admission admission,
            Clock clock)
            throws ConfigException, InterruptedException {
        Vertx vertx = Vertx.vertx(new VertxOptions().setUseDaemonThread(true));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        var metrics = new Metrics();
        var frontend = new Frontend(new BuilderCertificates(() -> desk.trust().trust(), admission, clock), metrics);
        Router router = Router.router(vertx);
        List<Route> routes = Routes.of(desk, blobs, log, enrolment, admission, metrics);
        for (Route route : routes) {
            router.route(HttpMethod.valueOf(route.method()), pattern(route.path()))
                    .handler(context -> dispatch(context, route, frontend, threads));
            if (route.method().equals("GET") && !hasHead(routes, route.path())) {
                router.route(HttpMethod.HEAD, pattern(route.path()))
                        .handler(context -> dispatch(context, route, frontend, threads));
            }
        }
        router.errorHandler(
                400,
                context -> plain(context.response(), Problem.malformed("is not a request of HTTP/1.1; send Host")));
        router.errorHandler(
                404, context -> plain(context.response(), Problem.notFound("nothing is served at this path")));
        router.errorHandler(405, context -> {
            String methods = methods(routes, context.normalizedPath());
            context.response().putHeader("Allow", methods);
            plain(
                    context.response(),
                    new Problem(405, "method", "The method is not allowed", "this path takes " + methods));
        });
        try {
            HttpServer server = vertx.createHttpServer(options(tls))
                    .requestHandler(router)
                    .invalidRequestHandler(Server::unreadable)
                    .listen(listen.port(), listen.host())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            return new Server(vertx, threads, server);
        } catch (ExecutionException e) {
            vertx.close();
            threads.shutdownNow();
            throw cannotListen(listen, tls, e.getCause());
        }
    }

    private static ConfigException cannotListen(Listen listen, TlsFiles tls, Throwable cause) {
        if (cause instanceof BindException) {
            return new ConfigException(
                    "cannot listen on " + listen + ": the address is taken or not this machine's; choose another",
                    cause);
        }
        return new ConfigException(
                "cannot serve on " + listen + " with the certificate " + tls.certificate() + ": " + cause.getMessage(),
                cause);
    }

    private static HttpServerOptions options(TlsFiles tls) {
        return new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(false)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(tls.certificate().toString())
                        .setKeyPath(tls.key().toString()))
                .setTrustOptions(TrustOptions.wrap(new LenientTrust()))
                .setClientAuth(ClientAuth.REQUEST)
                .setHandle100ContinueAutomatically(true)
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(LONGEST_HEADERS)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
    }

    /** A tile's path has slashes; every other parameter is one segment. */
    private static String pattern(String path) {
        return path.endsWith("{tile}") ? path.replace("{tile}", "*") : path.replaceAll("\\{([a-z]+)}", ":$1");
    }

    private static boolean hasHead(List<Route> routes, String path) {
        return routes.stream()
                .anyMatch(route -> route.method().equals("HEAD") && route.path().equals(path));
    }

    /** What RFC 9110 wants beside a 405. */
    private static String methods(List<Route> routes, String path) {
        return routes.stream()
                .filter(route ->
                        path.matches(route.path().replace("{tile}", ".+").replaceAll("\\{[a-z]+}", "[^/]+")))
                .flatMap(route -> route.method().equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(route.method()))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static void dispatch(RoutingContext context, Route route, Frontend frontend, ExecutorService threads) {
        PulledBody body = PulledBody.of(context.request(), context.vertx().getOrCreateContext());
        threads.execute(() -> frontend.handle(context, route, body));
    }

    /** Answers what is no request, after which nothing on this connection can be understood. */
    private static void unreadable(HttpServerRequest request) {
        Problem problem = switch (request.decoderResult().cause()) {
            case TooLongHttpLineException _ ->
                new Problem(414, "too-long", "The path is too long", "a line has at most " + LONGEST_LINE + " bytes");
            case TooLongHttpHeaderException _ ->
                new Problem(
                        431, "too-long", "The headers are too long", "they have at most " + LONGEST_HEADERS + " bytes");
            default -> Problem.malformed("this is not HTTP/1.1");
        };
        plain(request.response(), problem);
        request.connection().close();
    }

    private static void plain(HttpServerResponse response, Problem problem) {
        Reply reply = problem.reply();
        response.setStatusCode(reply.status());
        reply.headers().forEach(response::putHeader);
        response.putHeader("X-Content-Type-Options", "nosniff");
        if (reply.content() instanceof Reply.Content.Bytes(byte[] bytes)) {
            response.end(io.vertx.core.buffer.Buffer.buffer(bytes));
        }
    }

    /** Where it listens. */
    public int port() {
        return server.actualPort();
    }

    /** Finishes the requests that are being handled, then lets go of the port. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS);
            server.close().toCompletionStage().toCompletableFuture().get(DRAIN_SECONDS, TimeUnit.SECONDS);
            vertx.close().toCompletionStage().toCompletableFuture().get(DRAIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("the server did not stop", e);
        }
    }
}
