package dev.quorate.it.hosts;

import dev.quorate.agent.identity.Connections;
import dev.quorate.agent.identity.PinnedCertificates;
import dev.quorate.agent.identity.SigningKey;
import dev.quorate.agent.protocol.Admitter;
import dev.quorate.agent.protocol.HttpCoordinator;
import dev.quorate.agent.protocol.Wire;
import dev.quorate.round.BuilderId;
import java.net.URI;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;

/**
 * Calls of a coordinator in the names of agents, whose keys lie below a directory.
 *
 * @param port of the coordinator
 */
record AgentCalls(Path directory, int port) {
    /** Speaks to the coordinator in a builder's name, with the key of its agent. */
    HttpCoordinator as(BuilderId builder) throws Exception {
        return new HttpCoordinator(wire(named(builder)), Clock.systemUTC());
    }

    /** Shows hosts to the coordinator in a builder's name. */
    Admitter admitter(BuilderId builder) throws Exception {
        return new Admitter(wire(named(builder)));
    }

    /** Asks for work with a host's certificate. */
    HttpCoordinator with(BuilderId builder, PrivateKey key, X509Certificate certificate) throws Exception {
        return new HttpCoordinator(wire(Connections.showing(builder, key, certificate, pinned())), Clock.systemUTC());
    }

    private Connections named(BuilderId builder) throws Exception {
        return Connections.open(
                builder,
                SigningKey.read(directory.resolve(builder.text()).resolve("builder.key")),
                pinned(),
                Clock.systemUTC());
    }

    private PinnedCertificates pinned() throws Exception {
        return PinnedCertificates.read(directory.resolve("coordinator/tls.pem"));
    }

    private Wire wire(Connections connections) {
        return new Wire(connections::client, URI.create("https://" + NetworkNamespace.COORDINATOR + ":" + port + "/"));
    }
}
