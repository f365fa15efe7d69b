package dev.quorate.coordinator;

import dev.quorate.coordinator.blob.BlobStore;
import dev.quorate.coordinator.config.Config;
import dev.quorate.coordinator.config.ConfigException;
import dev.quorate.coordinator.desk.Desk;
import dev.quorate.coordinator.desk.Heads;
import dev.quorate.coordinator.desk.RefusedException;
import dev.quorate.coordinator.desk.Setup;
import dev.quorate.coordinator.desk.Stamps;
import dev.quorate.coordinator.enrol.Admission;
import dev.quorate.coordinator.enrol.Enrolment;
import dev.quorate.coordinator.enrol.Register;
import dev.quorate.coordinator.hold.FileHold;
import dev.quorate.coordinator.http.Server;
import dev.quorate.coordinator.keys.HostAuthority;
import dev.quorate.coordinator.keys.Keys;
import dev.quorate.coordinator.log.LogDamagedException;
import dev.quorate.coordinator.log.LogUnavailableException;
import dev.quorate.coordinator.log.Publication;
import dev.quorate.coordinator.log.TileLog;
import dev.quorate.coordinator.log.Witnesses;
import dev.quorate.coordinator.store.RoundStore;
import dev.quorate.coordinator.store.TrustStore;
import dev.quorate.coordinator.time.TimeAuthorityClient;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TrustRoot;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running coordinator: everything that {@link Config} describes, open until {@link #close}. */
public final class Coordinator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);
    private static final int FINISH_SECONDS = 30;
    private static final Duration WITNESS_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration TIME_AUTHORITY_TIMEOUT = Duration.ofSeconds(10);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private Desk desk;
    private Path trustFile;
    private Server server;

    private Coordinator() {}

    /**
     * Starts one.
     *
     * @throws ConfigException if it cannot run as it is configured
     */
    public static Coordinator start(Config config, Clock clock)
            throws ConfigException, IOException, InterruptedException {
        var coordinator = new Coordinator();
        try {
            coordinator.openAll(config, clock);
            return coordinator;
        } catch (ConfigException | IOException | InterruptedException | RuntimeException e) {
            coordinator.close();
            throw e;
        }
    }

    private static FileHold hold(Path directory) throws IOException, ConfigException {
        Files.createDirectories(directory);
        return FileHold.take(directory.resolve("coordinator.lock"))
                .orElseThrow(() -> new ConfigException("another coordinator runs on the directory " + directory
                        + "; stop it, or give this one a directory of its own"));
    }

    private void openAll(Config config, Clock clock) throws ConfigException, IOException, InterruptedException {
        keep(hold(config.dir()));
        Keys keys = Keys.openOrMake(config, clock.instant());
        RoundStore store = keep(RoundStore.open(config.dir().resolve("rounds.sqlite")));
        Setup setup = Startup.setup(config, keys, versions(store), clock.instant());
        keepTrust(store, setup.trust(), clock.instant());
        BlobStore blobs = BlobStore.open(config.dir());
        TileLog log = keep(openLog(config, keys));
        Heads heads = heads(config, keys, setup, log, clock);
        Stamps stamps = stamps(config, setup, store, clock);
        TimerAlarm alarm = keep(new TimerAlarm());
        ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
        keep((Closeable) () -> finish(background));
        desk = new Desk(
                setup, versions(store), store, blobs, log, keys.log().key(), heads, stamps, clock, background, alarm);
        alarm.calls(round -> background.execute(() -> desk.lookAt(round)));
        resume(desk);
        trustFile = config.trust();
        Register register = Startup.register(config, () -> desk.trust().trust());
        var enrolment = new Enrolment(register, store.hosts(), clock);
        var admission = new Admission(
                () -> desk.trust().trust(),
                HostAuthority.openOrMake(config.dir(), config.name()),
                config.hostCertificates(),
                desk.hosts(),
                clock);
        server = keep(Server.start(config.listen(), keys.tls(), desk, blobs, log, enrolment, admission, clock));
        LOG.info("coordinator ready listen={}:{} open={}", config.listen().host(), server.port(), desk.openRounds());
    }

    private static List<SignedTrust> versions(RoundStore store) throws IOException {
        return store.trust().versions().stream().map(TrustStore.Kept::trust).toList();
    }

    /** The first version has nothing before it that would have to be looked at again. */
    private static void keepTrust(RoundStore store, SignedTrust trust, Instant now) throws IOException {
        List<SignedTrust> versions = versions(store);
        if (versions.isEmpty()
                || versions.getLast().trust().version() < trust.trust().version()) {
            store.trust().add(new TrustStore.Kept(trust, versions.isEmpty()), now);
        }
    }

    private static void resume(Desk desk) throws ConfigException, IOException, InterruptedException {
        try {
            desk.resume();
        } catch (RefusedException e) {
            throw new ConfigException("cannot go on with the rounds of before: " + e.getMessage(), e);
        }
    }

    /** Reads the trust root's file again, and brings it into force if it is the next version. */
    public void reloadTrust() {
        try {
            TrustRoot trust = desk.push(Startup.trust(trustFile));
            LOG.info("trust root read again file={} version={}", trustFile, trust.version());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ConfigException | RefusedException | IOException | RuntimeException e) {
            LOG.error("trust root not taken file={} reason=\"{}\"", trustFile, e.getMessage());
        }
    }

    private Heads heads(Config config, Keys keys, Setup setup, TileLog log, Clock clock) {
        if (config.witnesses().isEmpty()) {
            return log::awaitHead;
        }
        var witnesses = new Witnesses(
                keys.log().key(), config.witnesses(), setup.policy().witnesses(), clock, WITNESS_TIMEOUT);
        return keep(new Cosigner(log, witnesses).start());
    }

    private Stamps stamps(Config config, Setup setup, RoundStore store, Clock clock) {
        if (config.timeAuthority().isEmpty()) {
            return Stamps.NONE;
        }
        var client = new TimeAuthorityClient(
                config.timeAuthority().get(),
                () -> desk.trust().trust().timeAuthorities(),
                clock,
                TIME_AUTHORITY_TIMEOUT);
        Stamper.Need need = setup.policy().witnesses() == 0 ? Stamper.Need.NEEDED : Stamper.Need.WELCOME;
        return keep(new Stamper(client, store.tokens(), need).start());
    }

    private static TileLog openLog(Config config, Keys keys) throws ConfigException, IOException {
        try {
            return TileLog.open(
                    Files.createDirectories(config.dir().resolve("log")),
                    keys.log(),
                    config.witnesses().isEmpty() ? Publication.AT_ONCE : Publication.WHEN_COSIGNED);
        } catch (LogUnavailableException | LogDamagedException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }

    private static void finish(ExecutorService background) {
        background.shutdown();
        try {
            if (!background.awaitTermination(FINISH_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("background work left undone; the next start does it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <T extends AutoCloseable> T keep(T resource) {
        open.push(resource);
        return resource;
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** Stops leasing, finishes what is being asked, and closes everything. */
    @Override
    public void close() {
        if (desk != null) {
            desk.drain();
        }
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.error("closing failed", e);
            }
        }
    }
}
