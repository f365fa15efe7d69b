package dev.quorate.agent.qrexec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.agent.build.BuildOrder;
import dev.quorate.agent.build.BuildResult;
import dev.quorate.agent.fixture.HonestBuilder;
import dev.quorate.agent.fixture.Village;
import dev.quorate.agent.identity.SigningKey;
import dev.quorate.dsse.P256Key;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of the service as qrexec runs it: an environment, three pipes, an exit status. */
class ServiceProgramTest {
    private static final Map<String, String> CALL = Map.of(
            "QREXEC_REMOTE_DOMAIN", "work",
            "QREXEC_SERVICE_FULL_NAME", "quorate.Build+b1",
            "QREXEC_SERVICE_ARGUMENT", "b1");

    @TempDir
    Path directory;

    private TestCall call;
    private Path config;
    private P256Key service;

    private record Ending(int status, byte[] out, String err) {}

    @BeforeEach
    void install() throws Exception {
        call = new TestCall(directory);
        config = Files.writeString(directory.resolve("qrexec.yaml"), """
                dir: data
                isolation: container
                callers:
                  - {builder: b1, key: "%s"}
                """.formatted(
                        call.village.builder(TestCall.SELF).publicKey()));
        service = SigningKey.readOrMake(directory.resolve("data/service.key")).publicKey();
    }

    private static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HonestCallee.class.getName(),
                "qrexec");
    }

    private Process start(Map<String, String> environment) throws Exception {
        List<String> command = new ArrayList<>(java());
        command.addAll(List.of("--config", config.toString()));
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Ending ending(Process process) throws Exception {
        byte[] out = process.getInputStream().readAllBytes();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ending(process.waitFor(), out, err);
    }

    private Ending run(Map<String, String> environment, byte[] request) throws Exception {
        Process process = start(environment);
        try (OutputStream in = process.getOutputStream()) {
            in.write(request);
        }
        return ending(process);
    }

    private byte[] request() {
        return TestCall.stream(call.signed(call.request(TestCall.SELF, now(), 1)), Village.INPUT);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private List<String> left() throws Exception {
        try (var files = Files.list(directory.resolve("data"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("roots"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aCallIsBuiltAndAnswered() throws Exception {
        Path input = Files.writeString(directory.resolve("gcc.deb"), Village.INPUT);
        List<String> command = new ArrayList<>(List.of("env"));
        CALL.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(java());
        command.addAll(List.of("--config", config.toString()));
        var builder = new RemoteBuilder(
                TestCall.SELF,
                call.village.builder(TestCall.SELF),
                new RemoteCommand(command, service),
                InstantSource.system(),
                new SecureRandom());
        var order = new BuildOrder(
                call.village.spec(), digest -> input, call.order().directory());
        var built = assertInstanceOf(BuildResult.Built.class, builder.build(order));
        assertEquals(
                HonestBuilder.OUTPUT, Files.readString(built.outputDirectory().resolve("hello")));
        assertEquals(List.of("lock", "seen", "service.key"), left());
    }

    @Test
    void aRequestInSmallPiecesIsAnsweredAndItsRepetitionIsRefused() throws Exception {
        byte[] request = request();
        // qrexec moves at most 64 KiB at a time, and a relay whatever it likes.
        Process process = start(CALL);
        try (OutputStream in = process.getOutputStream()) {
            for (int i = 0; i < request.length; i += 7) {
                in.write(request, i, Math.min(7, request.length - i));
                in.flush();
            }
        }
        Ending first = ending(process);
        assertEquals(0, first.status, first.err);
        Ending second = run(CALL, request);
        assertEquals(1, second.status);
        assertTrue(second.err.contains("reason=REPLAYED: "), second.err);
        assertEquals(List.of("lock", "seen", "service.key"), left());
    }

    @Test
    void withoutQrexecsEnvironmentTheProgramSaysSo() throws Exception {
        Ending ending = run(Map.of(), request());
        assertEquals(2, ending.status);
        assertEquals(0, ending.out.length);
        assertTrue(ending.err.contains("this is the program of a qrexec service"), ending.err);
    }

    @Test
    void nothingOnItsInputIsARefusal() throws Exception {
        Ending ending = run(CALL, new byte[0]);
        assertEquals(1, ending.status);
        assertTrue(ending.err.contains("reason=CUT_OFF: "), ending.err);
        assertEquals(1, ending.err.lines().count(), ending.err);
    }

    @Test
    void aCallerThatStopsListeningEndsTheCall() throws Exception {
        Process process = start(CALL);
        InputStream out = process.getInputStream();
        assertEquals('q', out.read());
        // The request never ends: only the closed output tells the service.
        OutputStream in = process.getOutputStream();
        in.write(request(), 0, 100);
        in.flush();
        out.close();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the service waits for a caller that has gone");
        assertEquals(1, process.exitValue());
        assertEquals(List.of("lock", "service.key"), left());
    }

    @Test
    void aSignalEndsTheCallAndLeavesNothing() throws Exception {
        Process process = start(CALL);
        assertEquals('q', process.getInputStream().read());
        process.destroy();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the service does not end");
        assertEquals(List.of("lock", "service.key"), left());
    }
}
