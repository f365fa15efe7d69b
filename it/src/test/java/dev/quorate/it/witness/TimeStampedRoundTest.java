package dev.quorate.it.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.coordinator.Lab;
import dev.quorate.coordinator.log.Witness;
import dev.quorate.digest.Sha256;
import dev.quorate.it.cluster.CommandLine;
import dev.quorate.it.time.OpensslAuthority;
import dev.quorate.log.Ed25519NoteSigner;
import dev.quorate.log.KeyName;
import dev.quorate.log.NoteAlgorithm;
import dev.quorate.log.NoteKey;
import dev.quorate.log.NoteSigner;
import dev.quorate.verify.Artifact;
import dev.quorate.verify.RefusalCode;
import dev.quorate.verify.Report;
import dev.quorate.verify.Verifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real coordinator that has OpenSSL stamp its certificates; the builders need no build. */
@Timeout(180)
class TimeStampedRoundTest {
    @TempDir
    Path directory;

    private OpensslAuthority authority;
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void startAuthority() throws Exception {
        authority = OpensslAuthority.start(directory.resolve("tsa"));
        open.add(authority);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : open.reversed()) {
            resource.close();
        }
    }

    private Lab lab(Lab.Witnessing witnessing) throws Exception {
        var lab = new Lab(
                directory,
                3,
                "timeAuthority: {url: \"" + authority.url() + "\"}\n",
                witnessing,
                List.of(authority.authority()));
        open.add(lab);
        return lab;
    }

    @Test
    void theAuthoritysTimeIsTheTimeOfTheKit() throws Exception {
        Lab lab = lab(log -> List.of());
        String round = FakeRound.certified(lab);
        byte[] kit = FakeRound.kit(lab, round);
        Report report = verify(lab, kit);
        assertEquals(Report.Outcome.VERIFIED, report.outcome(), report.json().toString());
        assertEquals("time-authority", report.timeSource());
        Instant stamped = report.time().orElseThrow();
        assertTrue(Duration.between(stamped, Instant.now()).abs().toMinutes() < 3, stamped.toString());
        assertEquals(
                new String(kit, StandardCharsets.UTF_8),
                new String(FakeRound.kit(lab, round), StandardCharsets.UTF_8),
                "the token stays the first one");

        Files.write(directory.resolve("hello"), FakeRound.RESULT);
        Files.write(directory.resolve("hello.sigstore.jsonl"), kit);
        String said = new CommandLine(directory)
                .require(
                        "verify",
                        "hello",
                        "--kit",
                        "hello.sigstore.jsonl",
                        "--trust",
                        "trust.json",
                        "--policy",
                        "policy.yaml");
        assertTrue(said.contains("time      " + stamped + ", on the word of the time authority"), said);
    }

    @Test
    void whileTheAuthorityIsSilentTheKitIsRefusedAndThenItIsNot() throws Exception {
        Lab lab = lab(log -> List.of());
        authority.fallSilent();
        String round = FakeRound.certified(lab);
        Report before = verify(lab, FakeRound.kit(lab, round));
        assertEquals(
                RefusalCode.TIME_TOKEN_MISSING,
                before.refusals().getFirst().code(),
                before.json().toString());
        authority.comeBack();
        Report after = verify(lab, FakeRound.kit(lab, round));
        assertEquals(Report.Outcome.VERIFIED, after.outcome(), after.json().toString());
    }

    @Test
    void withWitnessesNobodyWaitsForTheAuthority() throws Exception {
        authority.fallSilent();
        Lab lab = lab(this::startWitness);
        byte[] kit = FakeRound.kit(lab);
        assertFalse(new String(kit, StandardCharsets.UTF_8).contains("signedTimestamp"));
        Report report = verify(lab, kit);
        assertEquals(Report.Outcome.VERIFIED, report.outcome(), report.json().toString());
        assertEquals("witnesses", report.timeSource());
    }

    private List<Witness> startWitness(NoteKey log) throws Exception {
        NoteSigner signer = Ed25519NoteSigner.of(
                new KeyName("one.example"),
                NoteAlgorithm.COSIGNATURE_V1,
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        WitnessServer server = WitnessServer.start(signer, log, directory.resolve("one"), Instant::now);
        open.add(server);
        return List.of(new Witness(signer.key(), server.prefix()));
    }

    private static Report verify(Lab lab, byte[] kit) throws Exception {
        var verifier = new Verifier(lab.trust, lab.policy(), Instant.now(), Optional.empty());
        return verifier.verify(List.of(new Artifact("hello", Sha256.of(FakeRound.RESULT))), kit, "kit");
    }
}
