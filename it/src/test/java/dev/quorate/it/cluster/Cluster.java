package dev.quorate.it.cluster;

import dev.quorate.agent.Main;
import dev.quorate.cli.ExitCode;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A coordinator and agents as real processes over real TLS, with a trust root made by the command line. */
public final class Cluster implements AutoCloseable {
    private final Path directory;
    private final Kept kept;
    private final int port;
    private final CommandLine commandLine;
    private final Map<String, Process> running = new LinkedHashMap<>();
    private final Map<String, List<ProcessHandle>> sandboxes = new HashMap<>();

    private Cluster(Path directory, Kept kept, int port) {
        this.directory = directory;
        this.kept = kept;
        this.port = port;
        this.commandLine = new CommandLine(directory);
    }

    /**
     * Makes keys, a trust root and configurations for agents {@code b1}, {@code b2}, …; starts nothing.
     *
     * @param kept downloads, shared, and each agent's root file systems, from earlier tests
     */
    public static Cluster prepare(Path directory, Kept kept, int agents, String policy)
            throws IOException, InterruptedException, MalformedException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var cluster = new Cluster(directory, kept, port);
        cluster.configure(agents, policy);
        return cluster;
    }

    private void configure(int agents, String policy) throws IOException, InterruptedException, MalformedException {
        Files.writeString(directory.resolve("policy.yaml"), policy);
        Files.writeString(directory.resolve("coordinator.yaml"), """
                listen: 127.0.0.1:%d
                dir: coordinator
                name: quorate.test
                trust: trust.json
                policy: policy.yaml
                builders: %d
                lease: 5s
                """.formatted(port, agents));
        Files.writeString(directory.resolve("client.yaml"), """
                coordinator: https://127.0.0.1:%d
                coordinatorCertificate: coordinator/tls.pem
                key: maintainer.key
                """.formatted(port));
        commandLine.require("trust", "key", "-o", "root.key");
        commandLine.require("trust", "key", "-o", "maintainer.key");
        commandLine.require(
                "trust",
                "init",
                "--root-key",
                "root=root.key.pub",
                "--threshold",
                "1",
                "--expires",
                "30d",
                "-o",
                "trust.json");
        Fields coordinator = init(dev.quorate.coordinator.Main.class, "coordinator.yaml");
        commandLine.require(
                "trust",
                "add",
                "trust.json",
                "certifier",
                "--id",
                "quorate.test",
                "--key",
                coordinator.string("certifier"));
        commandLine.require("trust", "add", "trust.json", "log", "--vkey", coordinator.string("log"));
        commandLine.require(
                "trust", "add", "trust.json", "maintainer", "--id", "maintainer", "--key", "maintainer.key.pub");
        for (int i = 1; i <= agents; i++) {
            String name = "b" + i;
            Files.writeString(directory.resolve(name + ".yaml"), """
                    builder: %s
                    dir: %s
                    coordinator: https://127.0.0.1:%d
                    coordinatorCertificate: coordinator/tls.pem
                    trust: trust.json
                    isolation: container
                    cache: %s
                    """.formatted(name, name, port, kept.downloads()));
            Files.createDirectory(directory.resolve(name));
            Files.createSymbolicLink(roots(name), kept.roots(name));
            Fields keys = init(Main.class, name + ".yaml");
            commandLine.require(
                    "trust",
                    "add",
                    "trust.json",
                    "builder",
                    "--id",
                    name,
                    "--operator",
                    "operator-" + name,
                    "--zone",
                    "zone-" + i,
                    "--cpu-vendor",
                    "intel",
                    "--key",
                    keys.string("key"),
                    "--link-key",
                    keys.string("linkKey"));
        }
        commandLine.require("trust", "sign", "trust.json", "--key", "root.key");
    }

    private Fields init(Class<?> main, String config) throws IOException, InterruptedException, MalformedException {
        Process process = Processes.java(main, List.of("--config", config, "--init"))
                .directory(directory.toFile())
                .redirectError(log("init").toFile())
                .start();
        byte[] printed = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new AssertionError(main + " --init: " + Files.readString(log("init")));
        }
        return Fields.of(JsonReader.read(new String(printed, StandardCharsets.UTF_8).strip(), "init"), "init");
    }

    public Cluster startCoordinator() throws IOException, InterruptedException {
        start("coordinator", dev.quorate.coordinator.Main.class, "coordinator.yaml");
        Processes.await("the coordinator listens", running.get("coordinator"), 60, this::listens);
        return this;
    }

    /** Starts honest agents. */
    public Cluster startAgents(String... names) throws IOException {
        for (String name : names) {
            start(name, Main.class, name + ".yaml");
        }
        return this;
    }

    /** Gives an agent root file systems that lie elsewhere. */
    public Cluster withRoots(String name, Path elsewhere) throws IOException {
        Files.delete(roots(name));
        Files.createSymbolicLink(roots(name), elsewhere);
        return this;
    }

    /** Makes an agent build in virtual machines, over the root file systems of another one. */
    public Cluster inMachines(String name, String rootsOf) throws IOException {
        Path config = directory.resolve(name + ".yaml");
        Files.writeString(config, Files.readString(config).replace("isolation: container", "isolation: vm"));
        Files.delete(roots(name));
        Files.createSymbolicLink(roots(name), kept.roots(rootsOf));
        return this;
    }

    /**
     * Makes an agent have its builds done by the service {@code quorate.Build} in a directory of its own.
     *
     * @param script of the service, as it is installed in Qubes
     * @param changed which byte of the first answer the relay between them changes; none if negative
     * @return the relay's copy of what it last carried back
     */
    public Path buildElsewhere(String agent, Path script, long changed)
            throws IOException, InterruptedException, MalformedException {
        Path config = directory.resolve(agent + ".yaml");
        Path service = directory.resolve(agent + "-service.yaml");
        Path copy = directory.resolve(agent + "-carried");
        String key = init(Main.class, config.getFileName().toString()).string("key");
        Files.writeString(service, """
                dir: %s-service
                isolation: container
                callers: [{builder: %s, key: "%s"}]
                """.formatted(agent, agent, key));
        Files.createDirectory(directory.resolve(agent + "-service"));
        Files.createSymbolicLink(directory.resolve(agent + "-service/roots"), kept.roots(agent));
        Process process = Processes.java(Main.class, List.of("qrexec", "--config", service.toString(), "--init"))
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        String pinned = Fields.of(JsonReader.read(printed, "qrexec --init"), "qrexec --init")
                .string("service");
        List<String> relay = new ArrayList<>(Processes.java(
                        Relay.class,
                        List.of(
                                script.toString(),
                                agent,
                                TestLauncher.in(directory).toString(),
                                service.toString(),
                                copy.toString(),
                                Long.toString(changed)))
                .command());
        relay.replaceAll(word -> '"' + word + '"');
        Files.writeString(
                config,
                Files.readString(config).replace("isolation: container", "isolation: qrexec")
                        + "qrexec: {command: [%s], service: \"%s\"}%n".formatted(String.join(", ", relay), pinned));
        return copy;
    }

    private Path roots(String agent) {
        return directory.resolve(agent).resolve("roots");
    }

    /** Starts an agent with a main class of its own. */
    public Cluster startAgent(String name, Class<?> main) throws IOException {
        start(name, main, name + ".yaml");
        return this;
    }

    private void start(String name, Class<?> main, String config) throws IOException {
        running.put(
                name,
                Processes.java(main, List.of("--config", config))
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(log(name).toFile()))
                        .start());
    }

    /** {@code kill -9}. */
    public void kill(String name) throws InterruptedException {
        running.remove(name).destroyForcibly().waitFor();
    }

    /** {@code SIGTERM}, and the exit status. */
    public int terminate(String name) throws InterruptedException {
        Process process = running.remove(name);
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError(name + " does not drain");
        }
        return process.exitValue();
    }

    /** Waits until a process has logged a line with this text. */
    public void awaitLog(String name, String text) throws InterruptedException {
        Processes.await(
                name + " logs " + text,
                running.get(name),
                120,
                () -> logged(name).contains(text));
    }

    /** Waits until a sandbox of this agent runs, and remembers all that belongs to it. */
    public void awaitSandbox(String agent) throws InterruptedException {
        Process process = running.get(agent);
        Processes.await("a sandbox of " + agent + " runs", process, 120, () -> {
            List<ProcessHandle> below = process.descendants().toList();
            boolean sandboxed = below.stream().anyMatch(Processes::isSandbox);
            if (sandboxed) {
                sandboxes.put(agent, below);
            }
            return sandboxed;
        });
    }

    /** Waits until every process of the sandbox that was seen has ended, and none names this agent's directory. */
    public void awaitNothingLeft(String agent) throws InterruptedException {
        Process clock = running.values().iterator().next();
        Processes.await("nothing of " + agent + " is left", clock, 30, () -> {
            try {
                return sandboxes.get(agent).stream().noneMatch(ProcessHandle::isAlive)
                        && Processes.below(directory.resolve(agent)).isEmpty();
            } catch (IOException e) {
                return false;
            }
        });
    }

    /** All that a process has said so far. */
    public String logged(String name) {
        try {
            return Files.readString(log(name));
        } catch (IOException e) {
            return "";
        }
    }

    /** The command line of the maintainer and the user, in this cluster's directory. */
    public CommandLine commandLine() {
        return commandLine;
    }

    /** Submits and gives the round's name. */
    public String submit(Path spec) {
        CommandLine.Result result = commandLine.run("submit", spec.toString());
        if (result.code() != ExitCode.OK) {
            throw new AssertionError(result + "\n" + logged("coordinator"));
        }
        return result.out().lines().findFirst().orElseThrow();
    }

    /** Waits for the end of a round. */
    public CommandLine.Result watch(String round) {
        return commandLine.run("status", round, "--watch");
    }

    private boolean listens() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }

    @Override
    public void close() {
        running.values().forEach(Process::destroy);
        for (Process process : running.values()) {
            try {
                if (!process.waitFor(30, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
