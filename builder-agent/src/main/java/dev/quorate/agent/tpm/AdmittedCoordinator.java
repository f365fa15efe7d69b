package dev.quorate.agent.tpm;

import dev.quorate.agent.identity.Connections;
import dev.quorate.agent.identity.UnusableFileException;
import dev.quorate.agent.protocol.Admitter;
import dev.quorate.agent.protocol.Assignment;
import dev.quorate.agent.protocol.Coordinator;
import dev.quorate.agent.protocol.CoordinatorException;
import dev.quorate.agent.protocol.Lease;
import dev.quorate.agent.protocol.RefusedException;
import dev.quorate.agent.protocol.Reveal;
import dev.quorate.agent.work.HostVoices;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.log.LogIndex;
import dev.quorate.round.RoundId;
import dev.quorate.spec.Platform;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for work with the certificate of a key that this machine has shown itself with. The key is made in memory, and
 * another one with every certificate; the next is due when half of this one's time is over, during a build too.
 */
public final class AdmittedCoordinator implements Coordinator, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdmittedCoordinator.class);

    private final Coordinator named;
    private final Admitter admitter;
    private final HostVoices host;
    private final Speech speech;
    private final InstantSource clock;
    private Optional<Admission> current = Optional.empty();

    /** Connects with a certificate. */
    public interface Speech {
        /** Clients that show it. */
        Connections showing(PrivateKey key, X509Certificate certificate)
                throws GeneralSecurityException, UnusableFileException;

        /** The coordinator at their other end. */
        Coordinator over(Connections connections);
    }

    private record Admission(Connections connections, Coordinator coordinator, Instant renewal) {}

    /**
     * Not admitted yet.
     *
     * @param named the coordinator as a builder of the trust root reaches it
     */
    public AdmittedCoordinator(
            Coordinator named, Admitter admitter, HostVoices host, Speech speech, InstantSource clock) {
        this.named = named;
        this.admitter = admitter;
        this.host = host;
        this.speech = speech;
        this.clock = clock;
    }

    @Override
    public Optional<Assignment> lease(Platform platform, Duration wait)
            throws CoordinatorException, InterruptedException {
        Coordinator admitted = admitted();
        try {
            return admitted.lease(platform, wait);
        } catch (RefusedException e) {
            forget();
            throw e;
        }
    }

    @Override
    public Duration heartbeat(Lease lease) throws CoordinatorException, InterruptedException {
        try {
            admitted();
        } catch (CoordinatorException e) {
            LOG.warn("certificate of the host not renewed reason={}", e.getMessage());
        }
        return named.heartbeat(lease);
    }

    private synchronized Coordinator admitted() throws CoordinatorException, InterruptedException {
        if (current.filter(admission -> clock.instant().isBefore(admission.renewal()))
                .isEmpty()) {
            Admission next = admit();
            forget();
            current = Optional.of(next);
        }
        return current.get().coordinator();
    }

    private Admission admit() throws CoordinatorException, InterruptedException {
        try {
            HostVoices.Shown shown = host.show(admitter.nonce());
            X509Certificate certificate = admitter.admit(P256Key.of(shown.pair().getPublic()), shown.evidence());
            Connections connections = speech.showing(shown.pair().getPrivate(), certificate);
            Duration lifetime = Duration.between(
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant());
            LOG.info("host admitted lifetime={} serial={}", lifetime, certificate.getSerialNumber());
            return new Admission(
                    connections, speech.over(connections), clock.instant().plus(lifetime.dividedBy(2)));
        } catch (IOException | GeneralSecurityException | UnusableFileException e) {
            throw new RefusedException("this machine cannot show itself: " + e.getMessage());
        }
    }

    private synchronized void forget() {
        current.ifPresent(admission -> admission.connections().close());
        current = Optional.empty();
    }

    @Override
    public LogIndex attest(Lease lease, P256Key key, Envelope evidence)
            throws CoordinatorException, InterruptedException {
        return named.attest(lease, key, evidence);
    }

    @Override
    public LogIndex commit(Lease lease, Envelope commitment) throws CoordinatorException, InterruptedException {
        return named.commit(lease, commitment);
    }

    @Override
    public Optional<Reveal> reveal(Lease lease, Duration wait) throws CoordinatorException, InterruptedException {
        return named.reveal(lease, wait);
    }

    @Override
    public LogIndex prove(Lease lease, Envelope proof) throws CoordinatorException, InterruptedException {
        return named.prove(lease, proof);
    }

    @Override
    public void handBack(Lease lease) throws CoordinatorException, InterruptedException {
        named.handBack(lease);
    }

    @Override
    public boolean isOver(RoundId round) throws CoordinatorException, InterruptedException {
        return named.isOver(round);
    }

    @Override
    public void close() {
        forget();
    }
}
