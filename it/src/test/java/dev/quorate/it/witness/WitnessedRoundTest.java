package dev.quorate.it.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.cli.ExitCode;
import dev.quorate.cli.Main;
import dev.quorate.cli.Surroundings;
import dev.quorate.coordinator.Lab;
import dev.quorate.coordinator.log.Witness;
import dev.quorate.digest.Sha256;
import dev.quorate.log.Ed25519NoteSigner;
import dev.quorate.log.KeyName;
import dev.quorate.log.NoteAlgorithm;
import dev.quorate.log.NoteKey;
import dev.quorate.log.NoteSigner;
import dev.quorate.verify.Artifact;
import dev.quorate.verify.RefusalCode;
import dev.quorate.verify.Report;
import dev.quorate.verify.Verifier;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real coordinator and two real witnesses, of which its policy wants both; the builders need no build. */
@Timeout(120)
class WitnessedRoundTest {
    /** Both witnesses say that it is this time, five minutes ago. */
    private static final Instant WITNESSED = Instant.ofEpochSecond(Instant.now().getEpochSecond() - 300);

    @TempDir
    Path directory;

    private Lab lab;
    private final List<WitnessServer> witnesses = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        lab = new Lab(directory, 3, "", this::startWitnesses);
    }

    @AfterEach
    void close() {
        lab.close();
        witnesses.forEach(WitnessServer::close);
    }

    private List<Witness> startWitnesses(NoteKey log) throws Exception {
        List<Witness> asked = new ArrayList<>();
        for (String name : List.of("one.example", "two.example")) {
            NoteSigner signer = Ed25519NoteSigner.of(
                    new KeyName(name),
                    NoteAlgorithm.COSIGNATURE_V1,
                    KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
            WitnessServer server = WitnessServer.start(signer, log, directory.resolve(name), () -> WITNESSED);
            witnesses.add(server);
            asked.add(new Witness(signer.key(), server.prefix()));
        }
        return asked;
    }

    @Test
    void theWitnessesTimeIsTheTimeOfTheKit() throws Exception {
        Report report = verify(FakeRound.kit(lab));
        assertEquals(Report.Outcome.VERIFIED, report.outcome(), report.json().toString());
        assertEquals("witnesses", report.timeSource());
        assertEquals(Optional.of(WITNESSED), report.time());
        assertEquals(
                List.of("one.example", "two.example"),
                report.log().orElseThrow().witnesses().stream().sorted().toList());
    }

    @Test
    void withoutOneOfTwoWitnessesTheKitIsRefused() throws Exception {
        witnesses.getLast().close();
        Report report = verify(FakeRound.kit(lab));
        assertEquals(
                RefusalCode.WITNESSES_TOO_FEW,
                report.refusals().getFirst().code(),
                report.json().toString());
        assertTrue(report.refusals().getFirst().detail().contains("1 known witnesses cosigned, and 2 must"));
        int asked = witnesses.getFirst().asked();
        assertTrue(asked < 40, () -> "whoever waits for a kit must not make it be asked over and over: " + asked);
        assertEquals(404, lab.anonymous().get("/log/checkpoint").statusCode(), "no head is served half witnessed");
    }

    @Test
    void aCoordinatorThatWasRestartedHasItsLogWitnessedOn() throws Exception {
        FakeRound.kit(lab);
        lab.stop();
        lab.start();
        Report report = verify(FakeRound.kit(lab));
        assertEquals(Report.Outcome.VERIFIED, report.outcome(), report.json().toString());
        assertEquals("witnesses", report.timeSource());
    }

    @Test
    void theWholeLogIsRecomputedFromOutside() throws Exception {
        FakeRound.kit(lab);
        String first = check(ExitCode.OK);
        assertTrue(first.contains("\"recomputed\":9") && first.contains("\"size\":9"), first);
        assertTrue(first.contains("\"witnesses\":[\"one.example\",\"two.example\"]"), first);
        FakeRound.kit(lab);
        assertTrue(check(ExitCode.OK).contains("and extends the head of size 9"));
    }

    private String check(ExitCode expected) {
        var out = new ByteArrayOutputStream();
        var print = new PrintStream(out, true, StandardCharsets.UTF_8);
        var here =
                new Surroundings(print, print, Map.of(), directory, InstantSource.system(), Surroundings.Screen.PLAIN);
        ExitCode code = new Main(here)
                .run(
                        "log",
                        "check",
                        "https://127.0.0.1:" + lab.port() + "/log",
                        "--trust",
                        "trust.json",
                        "--witnesses",
                        "2",
                        "--ca",
                        lab.certificate.toString(),
                        "--state",
                        "seen",
                        "--json");
        String said = out.toString(StandardCharsets.UTF_8);
        assertEquals(expected, code, said);
        return said;
    }

    private Report verify(byte[] kit) throws Exception {
        var verifier = new Verifier(lab.trust, lab.policy(), Instant.now(), Optional.empty());
        return verifier.verify(List.of(new Artifact("hello", Sha256.of(FakeRound.RESULT))), kit, "kit");
    }
}
