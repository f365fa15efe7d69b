package dev.quorate.agent.build;

import dev.quorate.agent.rootfs.RootException;
import dev.quorate.agent.rootfs.RootFileSystems;
import dev.quorate.agent.sandbox.Bounds;
import dev.quorate.agent.sandbox.Network;
import dev.quorate.agent.sandbox.Sandbox;
import dev.quorate.agent.sandbox.Trees;
import dev.quorate.agent.vm.Accelerator;
import dev.quorate.agent.vm.GuestKernel;
import dev.quorate.agent.vm.RootImages;
import dev.quorate.digest.Sha256;
import dev.quorate.proof.FailureClass;
import dev.quorate.proof.OutputSet;
import dev.quorate.spec.Platform;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Builds on this machine, in an enclosure over a root file system of the spec's own packages. */
public final class LocalBuilder implements Builder {
    private static final String IMAGES = "images";

    private final Enclosure enclosure;
    private final RootFileSystems roots;
    private final InstantSource clock;

    private LocalBuilder(Enclosure enclosure, RootFileSystems roots, InstantSource clock) {
        this.enclosure = enclosure;
        this.roots = roots;
        this.clock = clock;
    }

    /**
     * A builder that builds in containers and keeps its root file systems below an agent's data directory.
     *
     * @param data exists, and belongs to one running agent
     */
    public static LocalBuilder inContainers(Path data, InstantSource clock) throws IOException {
        Sandbox sandbox = sandbox(data);
        return new LocalBuilder(new ContainerEnclosure(sandbox), roots(data, sandbox), clock);
    }

    /**
     * A builder that makes a virtual machine for each build.
     *
     * @param data exists, and belongs to one running agent
     */
    public static LocalBuilder inMachines(Path data, InstantSource clock, GuestKernel kernel, Accelerator accelerator)
            throws IOException {
        Sandbox sandbox = sandbox(data);
        var enclosure = new MachineEnclosure(sandbox, images(data, sandbox), kernel, accelerator);
        return new LocalBuilder(enclosure, roots(data, sandbox), clock);
    }

    static RootImages images(Path data, Sandbox sandbox) {
        return new RootImages(data.resolve("roots").resolve(IMAGES), sandbox);
    }

    static Sandbox sandbox(Path data) throws IOException {
        return new Sandbox(
                "quorate-" + Sha256.of(data.toRealPath().toString()).hex().substring(0, 12));
    }

    static RootFileSystems roots(Path data, Sandbox sandbox) {
        return new RootFileSystems(data.resolve("roots"), sandbox);
    }

    @Override
    public BuildResult build(BuildOrder order) throws InterruptedException, IOException {
        RecipeSteps steps = switch (order.spec().recipe().kind()) {
            case DEBIAN -> new DebianSteps();
            case MAVEN -> MavenSteps.locked();
            case SCRIPT -> new ScriptSteps();
        };
        return build(order, steps, Network.NONE);
    }

    BuildResult build(BuildOrder order, RecipeSteps steps, Network network) throws InterruptedException, IOException {
        Instant start = clock.instant();
        Path log = order.directory().resolve("log");
        Path outputs = Prepared.outputs(order);
        Files.writeString(log, "");
        Bounds bounds = Bounds.of(order.spec().limits());
        EnvironmentRecord environment =
                enclosure.record(bounds, RootFileSystems.closure(order.spec()), start.truncatedTo(ChronoUnit.SECONDS));
        try {
            OutputSet made = make(order, steps, network, bounds, start);
            Workspace.clear(order.directory());
            return new BuildResult.Built(made, outputs, environment, log, since(start));
        } catch (UnbuildableException e) {
            Trees.delete(outputs);
            Workspace.clear(order.directory());
            return new BuildResult.Failed(e.failure(), e.getMessage(), environment, log, since(start));
        } catch (InterruptedException | ClosedByInterruptException | FileLockInterruptionException e) {
            throw interrupted(order);
        }
    }

    /** Files report an interrupt by exceptions of their own, and leave the thread's flag set, which would stop this too. */
    private static InterruptedException interrupted(BuildOrder order) throws IOException, InterruptedException {
        Thread.interrupted();
        Workspace.clear(order.directory());
        Trees.delete(order.directory().resolve("outputs"));
        Files.deleteIfExists(order.directory().resolve("log"));
        return new InterruptedException("the build was stopped");
    }

    private OutputSet make(BuildOrder order, RecipeSteps steps, Network network, Bounds bounds, Instant start)
            throws UnbuildableException, IOException, InterruptedException {
        refuseForeign(order.spec().platform());
        Path root = root(order);
        Workspace workspace = Workspace.of(order);
        Plan plan = steps.prepare(workspace, root);
        return enclosure.run(new Prepared(workspace, plan, root, network, bounds, start));
    }

    private Path root(BuildOrder order) throws UnbuildableException, IOException, InterruptedException {
        try {
            return roots.get(order.spec(), order.files()::file, order.directory());
        } catch (RootException e) {
            FailureClass failure = switch (e.fault()) {
                case LOCK -> FailureClass.BUILD_FAILED;
                case MACHINE -> FailureClass.INFRASTRUCTURE;
            };
            throw new UnbuildableException(failure, e.getMessage());
        }
    }

    private static void refuseForeign(Platform platform) throws UnbuildableException {
        String here = switch (System.getProperty("os.arch")) {
            case "x86_64", "amd64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> System.getProperty("os.arch");
        };
        if (!platform.architecture().equals(here)) {
            throw new UnbuildableException(
                    FailureClass.INFRASTRUCTURE, "this builder is linux/" + here + ", the build is for " + platform);
        }
    }

    private Duration since(Instant start) {
        return Duration.between(start, clock.instant());
    }
}
