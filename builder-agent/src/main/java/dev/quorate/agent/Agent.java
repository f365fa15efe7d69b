package dev.quorate.agent;

import dev.quorate.agent.build.Builder;
import dev.quorate.agent.build.Leftovers;
import dev.quorate.agent.build.LocalBuilder;
import dev.quorate.agent.identity.Connections;
import dev.quorate.agent.identity.LinkKeyFile;
import dev.quorate.agent.identity.PinnedCertificates;
import dev.quorate.agent.identity.SigningKey;
import dev.quorate.agent.identity.UnusableFileException;
import dev.quorate.agent.protocol.Admitter;
import dev.quorate.agent.protocol.Coordinator;
import dev.quorate.agent.protocol.HttpBlobs;
import dev.quorate.agent.protocol.HttpCoordinator;
import dev.quorate.agent.protocol.Wire;
import dev.quorate.agent.qrexec.RemoteBuilder;
import dev.quorate.agent.snp.ConfidentialVoices;
import dev.quorate.agent.snp.ReportEntry;
import dev.quorate.agent.snp.SnpException;
import dev.quorate.agent.tpm.AdmittedCoordinator;
import dev.quorate.agent.tpm.MeasuredVoices;
import dev.quorate.agent.tpm.Tpm;
import dev.quorate.agent.work.Backoff;
import dev.quorate.agent.work.CachedInputs;
import dev.quorate.agent.work.CoordinatorSource;
import dev.quorate.agent.work.HostVoices;
import dev.quorate.agent.work.Patience;
import dev.quorate.agent.work.Pause;
import dev.quorate.agent.work.Surroundings;
import dev.quorate.agent.work.Voices;
import dev.quorate.agent.work.Worker;
import dev.quorate.dsse.Signer;
import dev.quorate.inputs.Fetcher;
import dev.quorate.inputs.FileCache;
import dev.quorate.inputs.InputSource;
import dev.quorate.inputs.MachineInputs;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Nonce;
import dev.quorate.spec.Platform;
import dev.quorate.tpm.TpmException;
import dev.quorate.trust.HostKind;
import dev.quorate.trust.TrustRoot;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One agent, wired from its configuration. */
public final class Agent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
    private static final int NONCE_BYTES = 32;

    private final DirectoryLock lock;
    private final Connections connections;
    private final Worker worker;

    private Agent(DirectoryLock lock, Connections connections, Worker worker) {
        this.lock = lock;
        this.connections = connections;
        this.worker = worker;
    }

    /** An agent that builds on this machine. */
    public static Agent open(AgentConfig config)
            throws ConfigurationException, MalformedException, IOException, InterruptedException {
        return open(config, UnaryOperator.identity());
    }

    /**
     * An agent whose builder is changed: tests and demonstrations make liars and sluggards of it.
     *
     * @throws ConfigurationException if whoever configured the agent can solve it
     */
    public static Agent open(AgentConfig config, UnaryOperator<Builder> decorator)
            throws ConfigurationException, MalformedException, IOException, InterruptedException {
        DirectoryLock lock = DirectoryLock.take(config.directory());
        try {
            Leftovers.sweep(config.directory());
            Builder builder = decorator.apply(
                    switch (config.isolation()) {
                        case CONTAINER -> LocalBuilder.inContainers(config.directory(), Clock.systemUTC());
                        case VM -> Machines.builder(config.directory(), Clock.systemUTC());
                        case QREXEC ->
                            new RemoteBuilder(
                                    config.builder(),
                                    SigningKey.read(config.key()),
                                    config.qrexec().orElseThrow(),
                                    Clock.systemUTC(),
                                    new SecureRandom());
                    });
            return wire(config, lock, builder);
        } catch (UnusableFileException e) {
            lock.close();
            throw new ConfigurationException(e.getMessage());
        } catch (GeneralSecurityException e) {
            lock.close();
            throw new ConfigurationException("the signing key cannot be used: " + e.getMessage());
        } catch (ConfigurationException | MalformedException | IOException | InterruptedException e) {
            lock.close();
            throw e;
        }
    }

    private static Agent wire(AgentConfig config, DirectoryLock lock, Builder builder)
            throws ConfigurationException, MalformedException, UnusableFileException, GeneralSecurityException,
                    IOException {
        Clock clock = Clock.systemUTC();
        Signer signer = SigningKey.read(config.key());
        TrustRoot trust = TrustFile.read(config.trust(), config.builder(), signer.publicKey(), clock.instant());
        Connections connections = Connections.open(
                config.builder(), signer, PinnedCertificates.read(config.coordinatorCertificate()), clock);
        var wire = new Wire(connections::client, config.coordinator());
        var blobs = new HttpBlobs(wire);
        Voices voices = voices(config, trust, signer);
        Coordinator coordinator = coordinator(config, voices, wire, clock);
        var random = new SecureRandom();
        Backoff backoff = Backoff.reconnecting(random);
        Platform platform = MachinePlatform.present();
        List<InputSource> sources = new ArrayList<>();
        sources.add(new CoordinatorSource(blobs, new Patience(Pause.real(), backoff)));
        sources.addAll(MachineInputs.present(config.directory().resolve("sources"), platform)
                .sources());
        var cache = new FileCache(config.cache());
        Worker worker = Worker.in(new Surroundings(
                config.builder(),
                platform,
                signer,
                LinkKeyFile.read(config.linkKey()),
                voices,
                trust,
                coordinator,
                blobs,
                new CachedInputs(cache, Fetcher.of(cache, sources)),
                builder,
                config.directory().resolve("rounds"),
                () -> nonce(random),
                clock,
                Pause.real(),
                backoff));
        LOG.info(
                "agent ready builder={} coordinator={} platform={} trustVersion={}",
                config.builder(),
                config.coordinator(),
                platform,
                trust.version());
        return new Agent(lock, connections, worker);
    }

    /** A machine that the trust root knows shows itself in every round, as a confidential VM if it is both. */
    private static Voices voices(AgentConfig config, TrustRoot trust, Signer signer)
            throws ConfigurationException, UnusableFileException, IOException {
        if (config.sevSnp().isPresent() && knows(trust, config.builder(), HostKind.SEV_SNP)) {
            return confidential(config.builder(), config.sevSnp().get());
        }
        if (config.tpm().isPresent() && knows(trust, config.builder(), HostKind.TPM2)) {
            return measured(config, config.tpm().get(), trust);
        }
        return Voices.named(signer);
    }

    private static boolean knows(TrustRoot trust, BuilderId builder, HostKind kind) {
        return trust.builder(builder).stream()
                .flatMap(trusted -> trusted.hosts().stream())
                .anyMatch(host -> host.kind() == kind);
    }

    private static Voices confidential(BuilderId builder, SnpConfig snp)
            throws ConfigurationException, UnusableFileException {
        ReportEntry entry = SnpEntry.of(snp);
        try {
            entry.require();
        } catch (SnpException e) {
            throw new ConfigurationException(e.getMessage());
        }
        LOG.info("host is shown in every round builder={} entry={}", builder, snp.entry());
        return new ConfidentialVoices(builder, entry);
    }

    private static Voices measured(AgentConfig config, TpmConfig tpm, TrustRoot trust)
            throws ConfigurationException, IOException {
        LOG.info("host is shown in every round builder={} tcti={}", config.builder(), tpm.tcti());
        var voices = new MeasuredVoices(
                config.builder(),
                Tpm.open(tpm.tcti(), config.directory().resolve("tpm")),
                MeasuredVoices.profiles(trust, config.builder()),
                tpm.eventLogs(),
                tpm.ima());
        try {
            voices.requireMeasurements();
        } catch (TpmException e) {
            throw new ConfigurationException(e.getMessage());
        }
        return voices;
    }

    /** Such a machine also shows itself before it asks for work. */
    private static Coordinator coordinator(AgentConfig config, Voices voices, Wire wire, Clock clock)
            throws UnusableFileException {
        var named = new HttpCoordinator(wire, clock);
        if (!(voices instanceof HostVoices host)) {
            return named;
        }
        PinnedCertificates pinned = PinnedCertificates.read(config.coordinatorCertificate());
        var speech = new AdmittedCoordinator.Speech() {
            @Override
            public Connections showing(PrivateKey key, X509Certificate certificate)
                    throws GeneralSecurityException, UnusableFileException {
                return Connections.showing(config.builder(), key, certificate, pinned);
            }

            @Override
            public Coordinator over(Connections connections) {
                return new HttpCoordinator(new Wire(connections::client, config.coordinator()), clock);
            }
        };
        return new AdmittedCoordinator(named, new Admitter(wire), host, speech, clock);
    }

    private static Nonce nonce(SecureRandom random) {
        var bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return Nonce.of(bytes);
    }

    /**
     * Works until the calling thread is interrupted; then hands back what is unfinished and returns.
     *
     * <p>What was committed stays in the data directory, and the next start goes on from it.
     */
    public void run() {
        try {
            worker.run();
        } catch (InterruptedException e) {
            LOG.info("agent drained");
        }
    }

    @Override
    public void close() throws IOException {
        connections.close();
        lock.close();
    }
}
