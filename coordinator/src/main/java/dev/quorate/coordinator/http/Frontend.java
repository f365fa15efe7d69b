package dev.quorate.coordinator.http;

import dev.quorate.coordinator.blob.BlobException;
import dev.quorate.coordinator.desk.Asker;
import dev.quorate.coordinator.desk.RefusedException;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles one request on its own thread: who asks, what is answered, and in which form it goes out. */
final class Frontend {
    private static final Logger LOG = LoggerFactory.getLogger(Frontend.class);

    private final BuilderCertificates certificates;
    private final Metrics metrics;

    Frontend(BuilderCertificates certificates, Metrics metrics) {
        this.certificates = certificates;
        this.metrics = metrics;
    }

    void handle(RoutingContext context, Route route, PulledBody body) {
        Reply reply = answer(context, route, body);
        metrics.count(route, reply.status());
        if (reply.status() >= 400) {
            LOG.info("request refused method={} route={} status={}", route.method(), route.path(), reply.status());
        }
        try {
            new Response(context.response(), context.request().method()).send(reply);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // Any client may leave early; a trace for each would let one fill the disk.
            LOG.info("answer broke off route={} reason={}", route.path(), e.getMessage());
            context.response().reset();
        } catch (RuntimeException e) {
            LOG.warn("answer broke off route={}", route.path(), e);
            context.response().reset();
        }
        body.drop();
    }

    private Reply answer(RoutingContext context, Route route, PulledBody body) {
        try {
            return route.action().answer(exchange(context, route, body));
        } catch (ProblemException e) {
            return e.problem().reply();
        } catch (RefusedException e) {
            return Problem.of(e).reply();
        } catch (BlobException e) {
            return Problem.of(e).reply();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Problem(503, "unavailable", "The coordinator takes nothing now", "it is being stopped").reply();
        } catch (IOException | RuntimeException e) {
            return failed(route, e);
        }
    }

    private static Reply failed(Route route, Exception e) {
        LOG.error("request failed method={} route={}", route.method(), route.path(), e);
        if (Failures.isFullDisk(e)) {
            return new Problem(507, "no-space", "The disk is full", "nothing was stored; try again later").reply();
        }
        return new Problem(500, "internal", "The coordinator failed", "the operator's log says more").reply();
    }

    private Exchange exchange(RoutingContext context, Route route, PulledBody body) throws ProblemException {
        Map<String, String> query = new TreeMap<>();
        context.queryParams().forEach(entry -> query.putIfAbsent(entry.getKey(), entry.getValue()));
        return new Exchange(
                path(context.pathParams()),
                query,
                name -> Optional.ofNullable(context.request().getHeader(name)),
                builder(context, route.role()),
                route.limit(),
                body);
    }

    /** The router names what a path ends in {@code *}; here it is the tile. */
    private static Map<String, String> path(Map<String, String> parameters) {
        Map<String, String> path = new TreeMap<>(parameters);
        String rest = path.remove("*");
        if (rest != null) {
            path.put("tile", rest);
        }
        return path;
    }

    private Optional<Asker> builder(RoutingContext context, Role role) throws ProblemException {
        List<Certificate> chain = chain(context.request().connection().sslSession());
        return switch (role) {
            case ANYONE, SUBMISSION, ROOT -> Optional.empty();
            case HOST -> known(chain);
            case BUILDER -> Optional.of(certificates.identify(chain));
            case UPLOAD -> chain.isEmpty() ? Optional.empty() : Optional.of(certificates.identify(chain));
        };
    }

    /** A certificate that is not accepted gives its holder nothing, and takes nothing from it. */
    private Optional<Asker> known(List<Certificate> chain) {
        try {
            return Optional.of(certificates.identify(chain));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private static List<Certificate> chain(SSLSession session) {
        try {
            return List.of(session.getPeerCertificates());
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }
}
