package dev.quorate.agent.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.agent.rootfs.RootFileSystems;
import dev.quorate.agent.sandbox.SandboxFixture;
import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import dev.quorate.proof.FailureClass;
import dev.quorate.spec.LockedFile;
import dev.quorate.spec.RebuildSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptBuildTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    Path directory;

    private Path data;
    private Path build;
    private final Map<Sha256, Path> cache = new HashMap<>();

    @BeforeEach
    void make() throws Exception {
        SandboxFixture.need("bwrap");
        Assumptions.assumeTrue(
                System.getProperty("os.arch").equals("amd64"), "NOT TESTED: the spec below is for linux/amd64");
        data = Files.createDirectory(directory.resolve("data"));
        build = Files.createDirectories(data.resolve(Leftovers.BUILDS).resolve("one"));
        CopiedRoot.make(Files.createDirectories(data.resolve("roots")
                .resolve(RootFileSystems.closure(spec("true")).hex())));
    }

    @Test
    void aScriptFindsItsSourcesAndLeavesItsOutputs() throws Exception {
        BuildResult result = run("cat hello.txt pinned/file > $OUT/both; ln -s both $OUT/link; chmod 755 $OUT/both");
        var built = assertInstanceOf(BuildResult.Built.class, result, result + Files.readString(result.log()));
        assertEquals(2, built.outputs().outputs().size());
        assertEquals("hello\npinned", Files.readString(built.outputDirectory().resolve("both")));
        assertEquals(
                Sha256.of("hello\npinned"), built.outputs().files().getFirst().sha256());
        assertEquals(List.of("log", "outputs"), left());
    }

    @Test
    void theEnvironmentIsTheSameOnEveryBuilder() throws Exception {
        var built = assertInstanceOf(
                BuildResult.Built.class, run("set; umask >$OUT/both; ls -ld . >/dev/null; touch $OUT/link"));
        String log = Files.readString(built.log());
        for (String line : List.of("TZ='UTC'", "LC_ALL='C.UTF-8'", "HOME='/nonexistent'", "COLOUR='blue'")) {
            assertTrue(log.contains(line), log);
        }
        assertFalse(log.contains("JAVA"), log);
        assertEquals("0022\n", Files.readString(built.outputDirectory().resolve("both")));
    }

    @Test
    void aScriptThatFailsIsABuildFailureWithItsLastLine() throws Exception {
        var failed = failed(run("echo before; echo 'no such compiler' >&2; exit 3"));
        assertEquals(FailureClass.BUILD_FAILED, failed.failure());
        assertEquals("the build ended with status 3; its log ends: no such compiler", failed.detail());
        assertEquals(List.of("log"), left());
    }

    @Test
    void anOutputThatIsMissingIsABuildFailure() throws Exception {
        var failed = failed(run("touch $OUT/other"));
        assertEquals(FailureClass.BUILD_FAILED, failed.failure());
        assertTrue(failed.detail().contains("\"both\""), failed.detail());
    }

    @Test
    void aBuildThatTakesTooLongReachesALimit() throws Exception {
        assertEquals(FailureClass.RESOURCE_LIMIT, failed(run("sleep 1000")).failure());
    }

    @Test
    void aCachedFileThatRottedStopsTheBuild() throws Exception {
        RebuildSpec spec = spec("true");
        Files.writeString(cache.values().iterator().next(), "rotted");
        var e = org.junit.jupiter.api.Assertions.assertThrows(IOException.class, () -> run(spec));
        assertTrue(e.getMessage().contains("no longer has its digest"), e.getMessage());
    }

    @Test
    void aDirectoryThatTheBuildReplacedByALinkIsNotFollowed() throws Exception {
        var failed = failed(run("cd /; rm -rf /build/out; ln -s /inputs /build/out"));
        assertTrue(failed.detail().contains("a link does not count"), failed.detail());
    }

    @Test
    void treesDeeperThanAnyPathAndClosedDirectoriesAreCleared() throws Exception {
        // Twice 2700 characters, each short enough for a path and both together too long.
        var result = run(
                "p=dddddddd; i=1; while [ $i -lt 300 ]; do p=$p/dddddddd; i=$((i+1)); done;"
                        + " mkdir -p $p; cd $p; mkdir -p $p; touch $OUT/both $OUT/link; mkdir /build/closed; touch /build/closed/x; chmod 0 /build/closed");
        assertInstanceOf(BuildResult.Built.class, result);
        assertEquals(List.of("log", "outputs"), left());
    }

    @Test
    void anInterruptLeavesNothing() throws Exception {
        RebuildSpec spec = spec("touch started; sleep 1000");
        var thrown = new AtomicReference<Exception>();
        Thread builder = Thread.ofPlatform().start(() -> {
            try {
                run(spec);
            } catch (IOException | InterruptedException e) {
                thrown.set(e);
            }
        });
        Path started = build.resolve("work/src/started");
        long begin = System.nanoTime();
        while (!Files.exists(started) && System.nanoTime() - begin < 30_000_000_000L) {
            LockSupport.parkNanos(5_000_000);
        }
        builder.interrupt();
        builder.join();
        assertInstanceOf(InterruptedException.class, thrown.get());
        assertEquals(List.of(), left());
    }

    @Test
    void theSweepClearsAKilledBuildAndKeepsItsLog() throws Exception {
        Files.createDirectories(build.resolve("work/src"));
        Files.createDirectories(build.resolve("inputs"));
        Files.writeString(build.resolve("log"), "log");
        Files.createDirectories(data.resolve("roots/.assembling-1/root/usr"));
        Leftovers.sweep(data);
        assertEquals(List.of("log"), left());
        assertFalse(Files.exists(data.resolve("roots/.assembling-1")));
    }

    @Test
    void theRecordNamesTheMachineAndItsLimits() throws Exception {
        var environment = run("true").environment();
        assertEquals("container", environment.isolation());
        assertTrue(environment.limits().keySet().containsAll(List.of("time", "memory", "disk", "log", "processes")));
        assertEquals(CLOCK.instant(), environment.clock());
        assertTrue(environment.cpu().count() > 0);
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(build)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static BuildResult.Failed failed(BuildResult result) {
        return assertInstanceOf(BuildResult.Failed.class, result);
    }

    private BuildResult run(String script) throws IOException, InterruptedException, MalformedException {
        return run(spec(script));
    }

    private BuildResult run(RebuildSpec spec) throws IOException, InterruptedException {
        return LocalBuilder.inContainers(data, CLOCK).build(new BuildOrder(spec, cache::get, build));
    }

    private RebuildSpec spec(String script) throws IOException, MalformedException {
        Path pinned = Files.writeString(directory.resolve("pinned"), "pinned");
        cache.put(Sha256.of("pinned"), pinned);
        String yaml = """
                format: quorate/rebuild/v1
                name: hello
                version: "1"
                platform: linux/amd64
                environment: {debian: bookworm}
                sources:
                  - inline: hello.txt
                    text: "hello\\n"
                  - url: https://example.org/file
                    sha256: %s
                    into: pinned/file
                build:
                  kind: script
                  directory: /build/src
                  variables: {COLOUR: blue}
                  script: "%s"
                outputs: [both, link]
                limits: {time: 5s, memory: 256MiB, disk: 64MiB, log: 64KiB}
                locked:
                  - {role: source, path: pinned/file, from: "https://example.org/file", size: 6, sha256: %s}
                """.formatted(
                        Sha256.of("pinned").hex(),
                        script.replace("\"", "\\\""),
                        Sha256.of("pinned").hex());
        RebuildSpec spec = RebuildSpec.parse(yaml.getBytes(StandardCharsets.UTF_8), "test");
        assertEquals(1, spec.locked(LockedFile.Role.SOURCE).size());
        return spec;
    }
}
