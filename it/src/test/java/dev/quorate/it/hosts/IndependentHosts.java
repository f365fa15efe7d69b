package dev.quorate.it.hosts;

import dev.quorate.digest.Sha256;
import dev.quorate.inputs.FileCache;
import dev.quorate.it.cluster.CommandLine;
import dev.quorate.it.cluster.Processes;
import dev.quorate.it.cluster.RunningProcesses;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Three operators' hosts, each with a TPM and a network of its own, and a coordinator that they reach. */
final class IndependentHosts implements AutoCloseable {
    private static final String INPUT = "input";

    final CommandLine commandLine;
    final RunningProcesses processes;
    final List<SoftwareTpm> tpms = new ArrayList<>();
    final List<PlayedKernel> kernels = new ArrayList<>();
    private final Path directory;
    private final int port;
    /** What the first host boots, if it is a virtual machine. */
    private final Optional<Path> image;

    private Optional<BuilderMachine> machine = Optional.empty();
    private final List<NetworkNamespace> networks = new ArrayList<>();

    private IndependentHosts(Path directory, Optional<Path> image, int port) {
        this.directory = directory;
        this.image = image;
        this.port = port;
        this.commandLine = new CommandLine(directory);
        this.processes = new RunningProcesses(directory);
    }

    /** Makes everything, enrols the hosts with a running coordinator, and signs a trust root that names them. */
    static IndependentHosts open(Path directory) throws Exception {
        return open(directory, Optional.empty());
    }

    /** As above, but the first host is a virtual machine that boots an image; it waits for its first round afterwards. */
    static IndependentHosts withMachine(Path directory, Path image) throws Exception {
        return open(directory, Optional.of(image));
    }

    private static IndependentHosts open(Path directory, Optional<Path> image) throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            port = socket.getLocalPort();
        }
        var hosts = new IndependentHosts(directory, image, port);
        try {
            hosts.configure();
            hosts.enrol();
            hosts.startCoordinator();
            if (image.isPresent()) {
                hosts.configureMachine();
            }
            return hosts;
        } catch (Exception | Error e) {
            hosts.close();
            throw e;
        }
    }

    /** Where the coordinator shows a page. */
    URI page(String path) {
        return URI.create("https://%s:%d%s".formatted(NetworkNamespace.COORDINATOR, port, path));
    }

    private void configure() throws Exception {
        for (int i = 1; i <= 3; i++) {
            networks.add(NetworkNamespace.make(i));
        }
        if (image.isPresent()) {
            machine = Optional.of(BuilderMachine.make(directory.resolve("tpm1"), networks.getFirst()));
            byte[] deb = Files.readAllBytes(TinyPackage.make(directory.resolve("tiny")));
            keep("tiny.deb", deb, directory.resolve("cache"));
            keep("tiny.deb", deb, directory.resolve("disk/cache"));
            machine.get().fill(directory.resolve("disk"));
        }
        for (int i = first(); i <= 3; i++) {
            SoftwareTpm tpm = SoftwareTpm.make(directory.resolve("tpm" + i));
            tpms.add(tpm);
            kernels.add(new PlayedKernel(directory.resolve("b" + i + ".ima"), tpm));
            boot(i);
        }
        // A list may run ahead of its register.
        kernels.getFirst().list("/usr/bin/late", Sha256.of("late"));
        Files.write(directory.resolve("events"), eventLog(4, Sha256.of("kernel")));
        keep("hello.tar", INPUT.getBytes(StandardCharsets.UTF_8), directory.resolve("cache"));
        var makers = new StringBuilder();
        for (int i = 1; i <= 3; i++) {
            makers.append(Files.readString(directory.resolve("tpm" + i + "/maker/issuer.pem")));
        }
        Files.writeString(directory.resolve("makers.pem"), makers);
        Files.writeString(directory.resolve("policy.yaml"), """
                threshold: 2
                distinct: {zone: 2, host: 2}
                hosts: measured
                dissent: blocks
                witnesses: 0
                freshness: 1d
                """);
        Files.writeString(directory.resolve("coordinator.yaml"), """
                listen: %s:%d
                dir: coordinator
                name: quorate.test
                trust: trust.json
                policy: policy.yaml
                builders: 3
                makers: makers.pem
                """.formatted(NetworkNamespace.COORDINATOR, port));
        Files.writeString(directory.resolve("client.yaml"), """
                coordinator: https://%s:%d
                coordinatorCertificate: coordinator/tls.pem
                key: maintainer.key
                """.formatted(NetworkNamespace.COORDINATOR, port));
        trustRoot();
    }

    /** Gives all hosts a file that specs lock, before the machine's first start. */
    private static void keep(String name, byte[] bytes, Path cache) throws Exception {
        new FileCache(cache).put(name, Sha256.of(bytes), bytes.length, new ByteArrayInputStream(bytes));
    }

    private void trustRoot() throws Exception {
        add("key", "-o", "root.key");
        add("key", "-o", "maintainer.key");
        add("init", "--root-key", "root=root.key.pub", "--threshold", "1", "--expires", "30d", "-o", "trust.json");
        Fields coordinator = once(
                Processes.java(dev.quorate.coordinator.Main.class, List.of("--config", "coordinator.yaml", "--init")));
        String certifier = coordinator.string("certifier");
        add("add", "trust.json", "certifier", "--id", "quorate.test", "--key", certifier);
        add("add", "trust.json", "log", "--vkey", coordinator.string("log"));
        add("add", "trust.json", "maintainer", "--id", "maintainer", "--key", "maintainer.key.pub");
        for (int i = first(); i <= 3; i++) {
            Files.writeString(directory.resolve("b" + i + ".yaml"), """
                    builder: b%1$d
                    dir: b%1$d
                    coordinator: https://%2$s:%3$d
                    coordinatorCertificate: coordinator/tls.pem
                    trust: trust.json
                    isolation: container
                    cache: cache
                    tpm: {tcti: "%4$s", eventLogs: [events], ima: b%1$d.ima}
                    """.formatted(
                    i, NetworkNamespace.COORDINATOR, port, tpms.get(i - first()).tcti()));
            addBuilder(i, once(agent(i, "--init")));
        }
        add("sign", "trust.json", "--key", "root.key");
    }

    private void addBuilder(int number, Fields introduced) throws Exception {
        add(
                "add",
                "trust.json",
                "builder",
                "--id",
                "b" + number,
                "--operator",
                "operator-" + number,
                "--zone",
                "zone-" + number,
                "--cpu-vendor",
                "intel",
                "--key",
                introduced.string("key"));
    }

    /** The first host whose agent runs beside this test and not in a machine. */
    private int first() {
        return image.isPresent() ? 2 : 1;
    }

    private void configureMachine() throws Exception {
        machine.orElseThrow()
                .configure(
                        "builder: b1\ncoordinator: https://%s:%d\n".formatted(NetworkNamespace.COORDINATOR, port),
                        directory.resolve("coordinator/tls.pem"),
                        directory.resolve("trust.json"));
    }

    /** The machine's first start: it proves its TPM by itself, and says on its console what root key holders need. */
    private void enrolMachine() throws Exception {
        configureMachine();
        List<Fields> said = machine.orElseThrow().introduction(image.orElseThrow());
        addBuilder(1, said.getFirst());
        Files.writeString(
                directory.resolve("b1.host.json"),
                CanonicalJson.write(said.getLast().json()));
        add(
                "add",
                "trust.json",
                "profile",
                "--name",
                "builder-machine",
                "--reference",
                image.orElseThrow().resolve("reference.json").toString());
    }

    /** The machine that is the first host. */
    BuilderMachine machine() {
        return machine.orElseThrow();
    }

    /** What root key holders do with what the machines print. */
    private void enrol() throws Exception {
        startCoordinator();
        if (image.isPresent()) {
            enrolMachine();
        }
        for (int i = first(); i <= 3; i++) {
            Fields record = once(agent(i, "--enrol"));
            Files.writeString(directory.resolve("b" + i + ".host.json"), CanonicalJson.write(record.json()));
        }
        processes.stop("coordinator");
        byte[] both = new byte[64];
        System.arraycopy(Sha256.of("secure boot").bytes(), 0, both, 32, 32);
        add(
                "add",
                "trust.json",
                "profile",
                "--name",
                "debian-13",
                "--pcr",
                "7=" + Sha256.of(both),
                "--event",
                "4=" + Sha256.of("kernel"),
                "--ima",
                Sha256.of("init").hex(),
                "--ima",
                Sha256.of("java").hex());
        for (int i = 1; i <= 3; i++) {
            String maker = "maker-" + i;
            add("add", "trust.json", "maker", "--name", maker, "--root", "tpm" + i + "/maker/issuer.pem");
            add(
                    "add",
                    "trust.json",
                    "host",
                    "--record",
                    "b" + i + ".host.json",
                    "--maker",
                    maker,
                    "--profile",
                    i < first() ? "builder-machine" : "debian-13");
        }
        add("sign", "trust.json", "--key", "root.key");
    }

    private void add(String... words) {
        List<String> all = new ArrayList<>(List.of("trust"));
        all.addAll(List.of(words));
        commandLine.require(all.toArray(String[]::new));
    }

    private ProcessBuilder agent(int number, String flag) {
        return networks.get(number - 1)
                .within(Processes.java(PretendingAgent.class, List.of("--config", "b" + number + ".yaml", flag)));
    }

    private Fields once(ProcessBuilder command) throws Exception {
        Path err = directory.resolve("once.log");
        Process process = command.directory(directory.toFile())
                .redirectError(err.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(command.command() + ": " + Files.readString(err));
        }
        return Fields.of(JsonReader.read(out.strip(), "printed"), "printed");
    }

    private void startCoordinator() throws Exception {
        processes.start(
                "coordinator",
                Processes.java(dev.quorate.coordinator.Main.class, List.of("--config", "coordinator.yaml")));
        processes.await("coordinator", "listened", this::listens);
    }

    /** Starts an agent on its host. */
    void startAgent(int number) throws Exception {
        startAgent(number, Optional.empty());
    }

    /** Starts an agent during whose builds another program starts on its host. */
    void startChangingAgent(int number) throws Exception {
        startAgent(number, Optional.of(tpms.get(number - first()).tcti()));
    }

    private void startAgent(int number, Optional<String> changes) throws Exception {
        ProcessBuilder command = networks.get(number - 1)
                .within(Processes.java(PretendingAgent.class, List.of("--config", "b" + number + ".yaml")));
        changes.ifPresent(tcti -> command.environment().put(PretendingAgent.CHANGES, tcti));
        processes.start("b" + number, command);
    }

    private boolean listens() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(NetworkNamespace.COORDINATOR, port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Calls of the coordinator in the agents' names. */
    AgentCalls calls() {
        return new AgentCalls(directory, port);
    }

    /** Starts a host again, into the same state. */
    void reboot(int number) throws Exception {
        tpms.get(number - first()).restart();
        Files.delete(kernels.get(number - first()).list());
        boot(number);
    }

    private void boot(int number) throws Exception {
        SoftwareTpm tpm = tpms.get(number - first());
        tpm.run("tpm2_pcrextend", "7:sha256=" + Sha256.of("secure boot"));
        tpm.run("tpm2_pcrextend", "4:sha256=" + Sha256.of("kernel"));
        kernels.get(number - first()).use("/sbin/init", Sha256.of("init"));
        kernels.get(number - first()).use("/usr/bin/java", Sha256.of("java"));
    }

    /** Submits a release of that name and gives the round's. */
    String submit(String name) throws Exception {
        return submit(name, Releases.played(name, INPUT));
    }

    /** Submits a release that is really built, over one package, to what pretending agents write. */
    String submitRealBuild(String name) throws Exception {
        return submit(name, Releases.built(name, directory.resolve("tiny/tiny.deb")));
    }

    private String submit(String name, String text) throws Exception {
        Path spec = Files.writeString(directory.resolve(name + ".rebuild.yaml"), text);
        return commandLine
                .require("submit", spec.toString())
                .lines()
                .findFirst()
                .orElseThrow();
    }

    private static byte[] eventLog(int pcr, Sha256 event) {
        var log = ByteBuffer.allocate(65 + 50).order(ByteOrder.LITTLE_ENDIAN);
        log.putInt(0).putInt(3).put(new byte[20]).putInt(33);
        log.put("Spec ID Event03\0".getBytes(StandardCharsets.US_ASCII));
        log.putInt(0).putInt(0x02000200).putInt(1).putShort((short) 11).putShort((short) 32);
        log.put((byte) 0);
        log.putInt(pcr).putInt(13).putInt(1).putShort((short) 11);
        log.put(event.bytes()).putInt(0);
        return log.array();
    }

    @Override
    public void close() {
        processes.close();
        machine.ifPresent(BuilderMachine::close);
        networks.forEach(NetworkNamespace::close);
        tpms.forEach(SoftwareTpm::close);
    }
}
