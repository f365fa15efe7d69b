package dev.quorate.agent;

import dev.quorate.agent.build.Builder;
import dev.quorate.agent.identity.LinkKeyFile;
import dev.quorate.agent.identity.SigningKey;
import dev.quorate.agent.identity.UnusableFileException;
import dev.quorate.dsse.Signer;
import dev.quorate.export.Functionary;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The life of an agent's process, from its arguments to its exit status. */
public final class AgentProcess {
    private static final int DONE = 0;
    private static final int CONFIGURATION = 2;
    private static final int INTERNAL = 70;
    private static final String CONFIG = "--config";
    private static final String DIRECTORY = "--dir";
    private static final String INIT = "--init";
    private static final String ENROL = "--enrol";

    private AgentProcess() {}

    /**
     * Runs an agent and ends the process.
     *
     * @param decorator changes the builder; the identity in every agent that is meant to be honest
     */
    public static void run(String[] arguments, UnaryOperator<Builder> decorator) {
        // Before the first logger is made; a file that the operator names in the same property wins.
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "dev/quorate/agent/logback.xml");
        }
        int status = status(arguments, decorator);
        System.out.flush();
        System.err.flush();
        // Not exit: the drain may be what runs here, and threads of clients must not keep the process.
        Runtime.getRuntime().halt(status);
    }

    static int status(String[] arguments, UnaryOperator<Builder> decorator) {
        try {
            List<String> list = Arrays.asList(arguments);
            if (!list.isEmpty() && list.getFirst().equals("trial")) {
                return Trial.run(list.subList(1, list.size()));
            }
            if (!list.isEmpty() && list.getFirst().equals("measure")) {
                System.out.println(CanonicalJson.write(Measure.run(list.subList(1, list.size()))));
                return DONE;
            }
            if (!list.isEmpty() && list.getFirst().equals("image")) {
                System.out.println(CanonicalJson.write(Image.run(list.subList(1, list.size()))));
                return DONE;
            }
            if (list.equals(List.of("machine"))) {
                System.out.println(CanonicalJson.write(Machines.say()));
                return DONE;
            }
            if (!list.isEmpty() && list.getFirst().equals("qrexec")) {
                return Qrexec.run(list.subList(1, list.size()), decorator);
            }
            return serve(Options.parse(list, Set.of(CONFIG, DIRECTORY), Set.of(INIT, ENROL)), decorator);
        } catch (ConfigurationException | MalformedException | UnusableFileException e) {
            System.err.println("agent: " + e.getMessage());
            return CONFIGURATION;
        } catch (InvalidPathException e) {
            System.err.println(
                    "agent: a path on the command line or in the configuration cannot be one: " + e.getReason());
            return CONFIGURATION;
        } catch (IOException e) {
            System.err.println("agent: cannot start: " + e.getMessage()
                    + "; check the space and the permissions of its directory");
            return CONFIGURATION;
        } catch (InterruptedException | RuntimeException e) {
            return internal(e);
        }
    }

    private static int serve(Options options, UnaryOperator<Builder> decorator)
            throws ConfigurationException, MalformedException, UnusableFileException, IOException,
                    InterruptedException {
        Optional<Path> directory = options.get(DIRECTORY).map(Path::of);
        AgentConfig config = AgentConfig.read(Path.of(options.need(CONFIG)), directory);
        if (options.has(INIT)) {
            init(config);
        }
        if (options.has(ENROL)) {
            System.out.println(CanonicalJson.write(Enrolling.run(config)));
        }
        if (options.has(INIT) || options.has(ENROL)) {
            return DONE;
        }
        try (Agent agent = Agent.open(config, decorator)) {
            new Drain(Thread.currentThread()).install();
            agent.run();
        }
        return DONE;
    }

    private static void init(AgentConfig config) throws UnusableFileException, IOException {
        Signer signer = SigningKey.readOrMake(config.key());
        Functionary links = LinkKeyFile.readOrMake(config.linkKey());
        System.out.println(CanonicalJson.write(Json.object()
                .put("builder", config.builder().text())
                .put("key", signer.publicKey().toString())
                .put("linkKey", links.key().text())
                .build()));
    }

    private static int internal(Exception e) {
        System.err.println("agent: internal error: " + e);
        if ("1".equals(System.getenv("QUORATE_DEBUG"))) {
            e.printStackTrace();
        }
        return INTERNAL;
    }
}
