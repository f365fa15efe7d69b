package dev.quorate.cli.demo;

import dev.quorate.cli.ExitCode;
import dev.quorate.cli.Main;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.digest.Sha256;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.lock.SpecFile;
import dev.quorate.spec.RebuildSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One telling of the story. */
final class Demo {
    private static final List<String> ROOT_KEYS = List.of("alice", "bob");

    private final Plan plan;
    private final Workspace workspace;
    private final Story story;
    private final Surroundings inside;
    private final Surroundings outside;

    Demo(Plan plan, Story story, Surroundings outside, PrintStream out) {
        this.plan = plan;
        this.workspace = new Workspace(plan.directory());
        this.story = story;
        this.outside = outside;
        Map<String, String> environment = new HashMap<>(outside.environment());
        environment.put(
                "QUORATE_CONFIG", plan.directory().resolve("client.yaml").toString());
        this.inside =
                new Surroundings(out, outside.err(), environment, plan.directory(), outside.clock(), outside.screen());
    }

    /** A round and the exit code of the command that watched it. */
    private record Round(String id, ExitCode code) {}

    /** How the two rounds ended. */
    record Ending(String artifact, Sha256 sha256, ExitCode honest, ExitCode corrupted) {}

    Ending tell() throws RefusedException, MalformedException, IOException, InterruptedException {
        workspace.prepare(plan.agents());
        Path spec = lock();
        var configs = new Configs(plan, workspace, Servers.freePort());
        try (var servers = new Servers(plan, workspace)) {
            trust(configs, servers);
            start(configs, servers);
            Round honest = round(spec, "An honest round");
            servers.requireAll();
            Path artifact = collect(spec, honest);
            verify(artifact);
            corrupt(configs, servers);
            Round corrupted = round(spec, "The same round with one corrupted builder");
            servers.requireAll();
            dissent(corrupted);
            Sha256 digest = Sha256.of(Files.readAllBytes(artifact));
            return new Ending(artifact.getFileName().toString(), digest, honest.code(), corrupted.code());
        }
    }

    /** Pins the spec once; the next demo with the same spec takes the same pins. */
    private Path lock() throws RefusedException, MalformedException, IOException {
        Path locked = workspace.directory().resolve("spec").resolve(plan.spec().getFileName());
        Path original = workspace.directory().resolve("spec").resolve("original.yaml");
        story.part("The maintainer pins every input");
        byte[] text = Files.readAllBytes(plan.spec());
        boolean same = Files.exists(original)
                && Files.exists(locked)
                && java.util.Arrays.equals(Files.readAllBytes(original), text)
                && RebuildSpec.parse(Files.readAllBytes(locked), locked.toString())
                        .isLocked();
        if (same) {
            story.say("pinned by an earlier demo: " + relative(locked));
        } else {
            Files.write(locked, text);
            Files.write(original, text);
            if (!RebuildSpec.parse(text, plan.spec().toString()).isLocked()) {
                require("spec", "lock", "--cache", "cache", relative(locked));
            }
        }
        require("spec", "digest", relative(locked));
        story.ended();
        return locked;
    }

    private void trust(Configs configs, Servers servers)
            throws RefusedException, MalformedException, IOException, InterruptedException {
        story.part("Two root key holders say who may vote");
        configs.policy();
        for (String name : ROOT_KEYS) {
            quiet("trust", "key", "-o", "trust/" + name + ".key");
        }
        quiet("trust", "key", "-o", "trust/maintainer.key");
        List<String> init = new ArrayList<>(List.of("trust", "init", "--threshold", "2", "--expires", "365d"));
        ROOT_KEYS.forEach(name -> init.addAll(List.of("--root-key", name + "=trust/" + name + ".key.pub")));
        init.addAll(List.of("-o", "trust/trust.json"));
        require(init.toArray(String[]::new));
        Servers.Initialising coordinatorKeys = servers.init("coordinator", "coordinator", configs.coordinator());
        List<Servers.Initialising> agentKeys = new ArrayList<>();
        for (String name : plan.agents()) {
            agentKeys.add(servers.init(name, "agent", configs.agent(name)));
        }
        Fields coordinator = printed(coordinatorKeys.printed());
        quiet(
                "trust",
                "add",
                "trust/trust.json",
                "certifier",
                "--id",
                "demo.quorate.example",
                "--key",
                coordinator.string("certifier"));
        quiet("trust", "add", "trust/trust.json", "log", "--vkey", coordinator.string("log"));
        quiet(
                "trust",
                "add",
                "trust/trust.json",
                "maintainer",
                "--id",
                "maintainer",
                "--key",
                "trust/maintainer.key.pub");
        String cpu = Machine.cpuVendor();
        for (Servers.Initialising keys : agentKeys) {
            String name = keys.name();
            Fields agent = printed(keys.printed());
            require(
                    "trust",
                    "add",
                    "trust/trust.json",
                    "builder",
                    "--id",
                    name,
                    "--operator",
                    "operator-" + name,
                    "--zone",
                    "zone-" + name,
                    "--cpu-vendor",
                    cpu,
                    "--key",
                    agent.string("key"),
                    "--link-key",
                    agent.string("linkKey"));
        }
        for (String name : ROOT_KEYS) {
            require("trust", "sign", "trust/trust.json", "--key", "trust/" + name + ".key");
        }
        configs.client();
        story.ended();
    }

    private void start(Configs configs, Servers servers) throws IOException, InterruptedException, RefusedException {
        story.part("A coordinator and " + plan.builders() + " agents start");
        story.command("coordinator --config coordinator/coordinator.yaml &");
        servers.start("coordinator", "coordinator", configs.coordinator());
        servers.awaitCoordinator(configs.port());
        for (String name : plan.agents()) {
            story.command("agent --config agents/" + name + "/agent.yaml &");
            servers.start(name, "agent", configs.agent(name));
        }
        story.say("the agents share one download cache; each assembles its own root file system and builds alone");
        story.ended();
    }

    private Round round(Path spec, String title) throws RefusedException, IOException {
        story.part(title);
        String id;
        ExitCode code;
        try (var _ = new Chatter(story, plan.agents(), workspace)) {
            id = submit(spec);
            code = run("status", id, "--watch");
        }
        story.say("exit " + code.number());
        story.ended();
        return new Round(id, code);
    }

    /** The round's name is the first line that the command prints. */
    private String submit(Path spec) throws RefusedException {
        String[] words = {"submit", relative(spec)};
        story.command(ShellWords.line(List.of(words)));
        var captured = new ByteArrayOutputStream();
        ExitCode code = commandLine(new PrintStream(captured, true, StandardCharsets.UTF_8))
                .run(words);
        String printed = captured.toString(StandardCharsets.UTF_8);
        inside.out().print(printed);
        if (code != ExitCode.OK) {
            throw new RefusedException("the demo cannot go on: the coordinator takes no round");
        }
        return printed.lines().findFirst().orElseThrow();
    }

    private Path collect(Path spec, Round round)
            throws RefusedException, MalformedException, IOException, InterruptedException {
        story.part("What it made");
        if (round.code() != ExitCode.OK) {
            throw new RefusedException("the honest round was not certified; logs are in "
                    + workspace.directory().resolve("logs"));
        }
        require("fetch", round.id(), "-o", "out");
        Files.copy(
                workspace.directory().resolve("trust/trust.json"),
                workspace.out().resolve("trust.json"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.copy(
                workspace.directory().resolve("policy.yaml"),
                workspace.out().resolve("policy.yaml"),
                StandardCopyOption.REPLACE_EXISTING);
        Path artifact = artifact();
        Sha256 digest = Sha256.of(Files.readAllBytes(artifact));
        RebuildSpec parsed = new SpecFile(spec).read();
        String name = artifact.getFileName().toString();
        Optional<Published> published = Published.find(parsed, name, workspace.cache());
        story.say(published
                .map(found -> found.compare(name, digest))
                .orElse(name + " has SHA-256 " + digest + "; no public archive has a file of that name"));
        story.ended();
        return artifact;
    }

    private void verify(Path artifact) throws RefusedException {
        story.part("A user verifies it offline, under their own policy");
        String name = relative(artifact);
        require(
                "verify",
                name,
                "--kit",
                name + ".sigstore.jsonl",
                "--trust",
                "out/trust.json",
                "--policy",
                "out/policy.yaml");
        story.ended();
    }

    private void corrupt(Configs configs, Servers servers) throws IOException, InterruptedException {
        servers.stop(plan.corruptible());
        servers.start(plan.corruptible(), "demo-corrupt-agent", configs.agent(plan.corruptible()));
    }

    private void dissent(Round round) throws RefusedException {
        story.part("Who differs, and where");
        if (round.code() != ExitCode.NEGATIVE) {
            throw new RefusedException("the corrupted round should have been contested; logs are in "
                    + workspace.directory().resolve("logs"));
        }
        run("explain", round.id());
        story.ended();
    }

    private Path artifact() throws IOException {
        try (Stream<Path> files = Files.list(workspace.out())) {
            return files.filter(file -> Files.exists(file.resolveSibling(file.getFileName() + ".sigstore.jsonl")))
                    .min(java.util.Comparator.comparing(Path::toString))
                    .orElseThrow(() -> new IOException("fetch left no artifact with a kit in " + workspace.out()));
        }
    }

    private static Fields printed(String json) throws MalformedException {
        return Fields.of(JsonReader.read(json.strip(), "--init"), "--init");
    }

    private void require(String... words) throws RefusedException {
        if (run(words) != ExitCode.OK) {
            throw new RefusedException("the demo cannot go on after: quorate " + ShellWords.line(List.of(words)));
        }
    }

    private ExitCode run(String... words) {
        story.command(ShellWords.line(List.of(words)));
        return commandLine(inside.out()).run(words);
    }

    /** Steps that only prepare the stage are done without a word. */
    private void quiet(String... words) throws RefusedException {
        ExitCode code = commandLine(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8))
                .run(words);
        if (code != ExitCode.OK) {
            throw new RefusedException("the demo cannot go on after: quorate " + ShellWords.line(List.of(words)));
        }
    }

    private Main commandLine(PrintStream out) {
        return new Main(new Surroundings(
                out, outside.err(), inside.environment(), inside.directory(), inside.clock(), inside.screen()));
    }

    private String relative(Path path) {
        return workspace.directory().relativize(path).toString();
    }
}
