package dev.quorate.agent.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.agent.rootfs.RootFileSystems;
import dev.quorate.agent.vm.Accelerator;
import dev.quorate.agent.vm.GuestKernel;
import dev.quorate.agent.vm.MachineFixture;
import dev.quorate.json.MalformedException;
import dev.quorate.proof.FailureClass;
import dev.quorate.spec.RebuildSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds in real machines, emulated, over a root of a few programs. Each boot takes some five seconds. */
class MachineBuildTest {
    @TempDir
    Path directory;

    private Path data;
    private int builds;

    @BeforeEach
    void make() throws Exception {
        MachineFixture.need();
        data = Files.createDirectory(directory.resolve("data"));
        CopiedRoot.make(Files.createDirectories(data.resolve("roots")
                .resolve(RootFileSystems.closure(spec("true", "64MiB")).hex())));
    }

    @Test
    void aMachineAndAContainerShowABuildTheSameAndGiveTheSameBytes() throws Exception {
        RebuildSpec spec = spec("""
                { umask; pwd; ulimit -n; ulimit -c; ls -lan / /build /build/src /dev; cat hello.txt; unset PPID; set; } >$OUT/seen
                ln $OUT/seen $OUT/again; ln -s /nowhere/at/all $OUT/link; chmod 755 $OUT/seen; echo to the log""", "64MiB");
        var vm = built(run(machines(), spec));
        var container = built(run(containers(), spec));
        assertEquals(paths(container), paths(vm));
        assertEquals(seen(container), seen(vm));
        assertEquals("to the log\n", Files.readString(vm.log()));
        assertEquals("vm", vm.environment().isolation());
        assertEquals("tcg", vm.environment().machine().orElseThrow().accelerator());
        assertEquals(List.of("log", "outputs"), left(vm.log().getParent()));
    }

    @Test
    void twoMachinesGiveTheSameBytesTimesIncluded() throws Exception {
        RebuildSpec spec = spec(
                "ls -ln --time-style=full-iso . >$OUT/seen; date +%Y >>$OUT/seen; touch $OUT/again $OUT/link", "64MiB");
        var first = built(run(machines(), spec));
        var second = built(run(machines(), spec));
        assertEquals(first.outputs(), second.outputs(), () -> first + "\n" + second);
    }

    @Test
    void thereIsNoNetworkCardAndAFailureKeepsItsStatus() throws Exception {
        var failed = failed(run(machines(), spec("cat /proc/net/dev; exit 7", "64MiB")));
        assertEquals(FailureClass.BUILD_FAILED, failed.failure());
        assertTrue(failed.detail().startsWith("the build ended with status 7"), failed.detail());
        String log = Files.readString(failed.log());
        assertTrue(log.contains("lo:"), log);
        assertEquals(3, log.lines().count(), log);
    }

    @Test
    void aFullDiskAndTooMuchMemoryAreResourceLimits() throws Exception {
        var disk = failed(run(machines(), spec("cat /dev/zero >filler", "8MiB")));
        assertEquals(FailureClass.RESOURCE_LIMIT, disk.failure(), disk.detail());
        assertTrue(disk.detail().contains("more disk"), disk.detail());
        var memory = failed(run(machines(), spec("x=0123456789abcdef; while :; do x=$x$x; done", "64MiB")));
        assertEquals(FailureClass.RESOURCE_LIMIT, memory.failure(), memory.detail());
        assertTrue(memory.detail().contains("more memory"), memory.detail());
    }

    @Test
    void anInterruptKillsTheMachineAndLeavesNothing() throws Exception {
        RebuildSpec spec = spec("echo began; sleep 1000", "64MiB");
        var thrown = new AtomicReference<Exception>();
        Path build = build();
        Thread builder = Thread.ofPlatform().start(() -> {
            try {
                machines().build(new BuildOrder(spec, digest -> directory, build));
            } catch (IOException | InterruptedException e) {
                thrown.set(e);
            }
        });
        MachineFixture.await(() -> Files.exists(build.resolve("log"))
                && Files.readString(build.resolve("log")).contains("began"));
        builder.interrupt();
        builder.join();
        assertInstanceOf(InterruptedException.class, thrown.get());
        assertEquals(List.of(), left(build));
        assertFalse(MachineFixture.anyMachineRuns(), "a machine outlives its build");
    }

    private Builder machines() throws IOException {
        return LocalBuilder.inMachines(
                data, Clock.systemUTC(), GuestKernel.find().orElseThrow(), Accelerator.TCG);
    }

    private Builder containers() throws IOException {
        return LocalBuilder.inContainers(data, Clock.systemUTC());
    }

    private Path build() throws IOException {
        return Files.createDirectories(data.resolve(Leftovers.BUILDS).resolve(Integer.toString(builds++)));
    }

    private BuildResult run(Builder builder, RebuildSpec spec) throws IOException, InterruptedException {
        return builder.build(new BuildOrder(spec, digest -> directory, build()));
    }

    private static BuildResult.Built built(BuildResult result) throws IOException {
        String log = Files.readString(result.log());
        return assertInstanceOf(BuildResult.Built.class, result, () -> result + "\n" + log);
    }

    private static BuildResult.Failed failed(BuildResult result) {
        return assertInstanceOf(BuildResult.Failed.class, result);
    }

    private static List<String> paths(BuildResult.Built built) {
        return built.outputs().outputs().stream()
                .map(output -> output.path().text()
                        + (output instanceof dev.quorate.proof.Output.File file
                                ? file.executable() ? " executable" : " plain"
                                : " link"))
                .toList();
    }

    /** What a build saw, without times and what file systems say of the size of directories. */
    private static List<String> seen(BuildResult.Built built) throws IOException {
        try (Stream<String> lines = Files.lines(built.outputDirectory().resolve("seen"))) {
            return lines.filter(line -> !line.startsWith("total "))
                    .map(line -> line.replaceAll(" [A-Z][a-z][a-z] +[0-9]+ +[0-9:]+ ", " TIME "))
                    .map(line -> line.startsWith("d") ? line.replaceAll(" +[0-9]+ +(\\d+ +\\d+) +\\d+ ", " $1 ") : line)
                    .map(line -> line.replaceAll(" +", " "))
                    .toList();
        }
    }

    private static List<String> left(Path build) throws IOException {
        try (Stream<Path> files = Files.list(build)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static RebuildSpec spec(String script, String disk) throws MalformedException {
        String yaml = """
                format: quorate/rebuild/v1
                name: hello
                version: "1"
                platform: linux/amd64
                environment: {debian: bookworm}
                sources:
                  - inline: hello.txt
                    text: "hello\\n"
                build:
                  kind: script
                  directory: /build/src
                  script: |
                %s
                outputs: [seen, again, link]
                limits: {time: 5m, memory: 128MiB, disk: %s, log: 64KiB}
                locked: []
                """.formatted(script.indent(4), disk);
        return RebuildSpec.parse(yaml.getBytes(StandardCharsets.UTF_8), "test");
    }
}
