package dev.quorate.coordinator;

import dev.quorate.coordinator.blob.BlobStore;
import dev.quorate.coordinator.config.Config;
import dev.quorate.coordinator.config.ConfigException;
import dev.quorate.coordinator.desk.Desk;
import dev.quorate.coordinator.desk.Heads;
import dev.quorate.coordinator.desk.Setup;
import dev.quorate.coordinator.desk.Stamps;
import dev.quorate.coordinator.enrol.Enrolment;
import dev.quorate.coordinator.hold.FileHold;
import dev.quorate.coordinator.http.Server;
import dev.quorate.coordinator.keys.Keys;
import dev.quorate.coordinator.log.LogDamagedException;
import dev.quorate.coordinator.log.LogUnavailableException;
import dev.quorate.coordinator.log.Publication;
import dev.quorate.coordinator.log.TileLog;
import dev.quorate.coordinator.log.Witnesses;
import dev.quorate.coordinator.store.RoundStore;
import dev.quorate.coordinator.time.TimeAuthorityClient;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
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
        Setup setup = Startup.setup(config, keys, clock.instant());
        RoundStore store = keep(RoundStore.open(config.dir().resolve("rounds.sqlite")));
        BlobStore blobs = BlobStore.open(config.dir());
        TileLog log = keep(openLog(config, keys));
        Heads heads = heads(config, keys, setup, log);
        Stamps stamps = stamps(config, setup, store, clock);
        TimerAlarm alarm = keep(new TimerAlarm());
        ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
        keep((Closeable) () -> finish(background));
        desk = new Desk(setup, store, blobs, log, keys.log().key(), heads, stamps, clock, background, alarm);
        alarm.calls(round -> background.execute(() -> desk.lookAt(round)));
        desk.resume();
        var enrolment = new Enrolment(Startup.register(config, setup), store.hosts(), clock);
        server = keep(Server.start(config.listen(), keys.tls(), desk, blobs, log, setup.trust(), enrolment, clock));
        LOG.info("coordinator ready listen={}:{} open={}", config.listen().host(), server.port(), desk.openRounds());
    }

    private Heads heads(Config config, Keys keys, Setup setup, TileLog log) {
        if (config.witnesses().isEmpty()) {
            return log::awaitHead;
        }
        var witnesses = new Witnesses(
                keys.log().key(), config.witnesses(), setup.policy().witnesses(), WITNESS_TIMEOUT);
        return keep(new Cosigner(log, witnesses).start());
    }

    private Stamps stamps(Config config, Setup setup, RoundStore store, Clock clock) {
        if (config.timeAuthority().isEmpty()) {
            return Stamps.NONE;
        }
        var client = new TimeAuthorityClient(
                config.timeAuthority().get(), setup.trust().trust().timeAuthorities(), clock, TIME_AUTHORITY_TIMEOUT);
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
