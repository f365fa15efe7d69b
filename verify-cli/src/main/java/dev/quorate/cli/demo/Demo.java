package dev.quorate.cli.demo;

import dev.quorate.cli.ExitCode;
import dev.quorate.cli.RefusedException;
import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import dev.quorate.lock.SpecFile;
import dev.quorate.spec.RebuildSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** One telling of the story. */
final class Demo {
    private final Plan plan;
    private final Workspace workspace;
    private final Story story;
    private final Shell shell;

    Demo(Plan plan, Story story, Shell shell) {
        this.plan = plan;
        this.workspace = new Workspace(plan.directory());
        this.story = story;
        this.shell = shell;
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
                && Arrays.equals(Files.readAllBytes(original), text)
                && RebuildSpec.parse(Files.readAllBytes(locked), locked.toString())
                        .isLocked();
        if (same) {
            story.say("pinned by an earlier demo: " + relative(locked));
        } else {
            Files.write(locked, text);
            Files.write(original, text);
            if (!RebuildSpec.parse(text, plan.spec().toString()).isLocked()) {
                shell.require("spec", "lock", "--cache", "cache", relative(locked));
            }
        }
        shell.require("spec", "digest", relative(locked));
        story.ended();
        return locked;
    }

    private void trust(Configs configs, Servers servers)
            throws RefusedException, MalformedException, IOException, InterruptedException {
        story.part("Two root key holders say who may vote");
        new Ceremony(plan, configs, servers, shell).hold();
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
            // The round's name is the first line that the command prints.
            id = shell.read("submit", relative(spec)).lines().findFirst().orElseThrow();
            code = shell.run("status", id, "--watch");
        }
        story.say("exit " + code.number());
        story.ended();
        return new Round(id, code);
    }

    private Path collect(Path spec, Round round)
            throws RefusedException, MalformedException, IOException, InterruptedException {
        story.part("What it made");
        if (round.code() != ExitCode.OK) {
            throw new RefusedException("the honest round was not certified; logs are in "
                    + workspace.directory().resolve("logs"));
        }
        shell.require("fetch", round.id(), "-o", "out");
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
        shell.require(
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
        shell.run("explain", round.id());
        story.ended();
    }

    private Path artifact() throws IOException {
        try (Stream<Path> files = Files.list(workspace.out())) {
            return files.filter(file -> Files.exists(file.resolveSibling(file.getFileName() + ".sigstore.jsonl")))
                    .min(Comparator.comparing(Path::toString))
                    .orElseThrow(() -> new IOException("fetch left no artifact with a kit in " + workspace.out()));
        }
    }

    private String relative(Path path) {
        return workspace.directory().relativize(path).toString();
    }
}
