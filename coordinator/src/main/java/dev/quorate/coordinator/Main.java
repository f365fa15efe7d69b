package dev.quorate.coordinator;

import dev.quorate.coordinator.config.Config;
import dev.quorate.coordinator.config.ConfigException;
import dev.quorate.coordinator.keys.Keys;
import dev.quorate.json.CanonicalJson;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entry point of the coordinator's process; see the package for arguments and exit codes. */
public final class Main {
    private static final int CONFIGURATION = 2;
    private static final int INTERNAL = 70;

    private Main() {}

    /** Runs until SIGTERM. */
    public static void main(String... words) {
        try {
            Arguments arguments = Arguments.parse(words);
            Config config = arguments.load();
            switch (arguments.task()) {
                case MAKE_KEYS -> makeKeys(config);
                case SERVE -> serve(config);
            }
        } catch (ConfigException e) {
            System.err.println("coordinator: " + e.getMessage());
            System.exit(CONFIGURATION);
        } catch (IOException e) {
            // A full disk, a directory that may not be written: the operator's to mend, not a fault of ours.
            System.err.println("coordinator: cannot start: " + e.getMessage()
                    + "; check the space and the permissions of its directory");
            System.exit(CONFIGURATION);
        } catch (Exception e) {
            logger().error("coordinator failed", e);
            System.exit(INTERNAL);
        }
    }

    /** Only after the arguments are read, so that a wrong word answers at once. */
    private static Logger logger() {
        return LoggerFactory.getLogger(Main.class);
    }

    private static void makeKeys(Config config) throws Exception {
        Keys keys = Keys.openOrMake(config, Clock.systemUTC().instant());
        System.out.println(CanonicalJson.write(keys.summary()));
    }

    private static void serve(Config config) throws Exception {
        Coordinator coordinator = Coordinator.start(config, Clock.systemUTC());
        HangUp.runs(() -> Thread.ofVirtual().start(coordinator::reloadTrust));
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            logger().info("coordinator stops");
            coordinator.close();
            logger().info("coordinator stopped");
            // The JVM would end with 143; a drained stop is a success.
            Runtime.getRuntime().halt(0);
        }));
        stopped.await();
    }
}
