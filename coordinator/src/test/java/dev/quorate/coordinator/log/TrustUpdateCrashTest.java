package dev.quorate.coordinator.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.coordinator.Client;
import dev.quorate.coordinator.FakeAgent;
import dev.quorate.coordinator.Lab;
import dev.quorate.coordinator.desk.RefusedException;
import dev.quorate.coordinator.desk.Setup;
import dev.quorate.coordinator.keys.Keys;
import dev.quorate.coordinator.log.FaultyFiles.Fault;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.kit.Bundle;
import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.SignedTrust;
import dev.quorate.verify.Artifact;
import dev.quorate.verify.Report;
import dev.quorate.verify.Verifier;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The power goes at every step of the log while a version of the trust root is taken that revokes a builder, on whose
 * vote a certificate rests. Afterwards the version is in force or is not, and the certificate goes with it, once.
 */
class TrustUpdateCrashTest {
    private static final byte[] RESULT = "#!/bin/sh\necho hello\n".getBytes(StandardCharsets.UTF_8);
    private static final Revocation B1 =
            new Revocation(Revocation.Kind.BUILDER, "b1", Instant.parse("2026-01-02T00:00:00Z"), "stolen");

    private Path directory;
    private Keys keys;
    private SignedTrust trust;
    private SignedTrust next;
    private Setup setup;
    private RoundId round;
    private Path database;
    private FaultyFiles start;

    @BeforeEach
    void certify(@TempDir Path temporary) throws Exception {
        directory = temporary;
        try (var lab = new Lab(directory, 3, "")) {
            keys = Keys.openOrMake(lab.config, Instant.now());
            trust = lab.trust;
            next = lab.after(lab.trust, B1);
            Duration minute = Duration.ofMinutes(1);
            setup = new Setup(lab.config.name(), keys.certifier(), trust, lab.policy(), 3, minute, minute, minute);
            round = certified(lab);
            lab.stop();
        }
        database = lab("rounds.sqlite");
        start = FaultyFiles.of(lab("log"));
    }

    private Path lab(String name) {
        return directory.resolve("data").resolve(name);
    }

    private static RoundId certified(Lab lab) throws Exception {
        P256Key certifier =
                lab.trust.trust().certifiers().getFirst().keys().getFirst().key();
        HttpResponse<byte[]> submitted = lab.anonymous()
                .post(
                        "/v1/rounds",
                        lab.submission(Lab.spec("hello", RESULT), List.of()).json());
        RoundId round = RoundId.parse(Client.json(submitted).string("round"));
        List<FakeAgent> agents = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> agent(lab, new BuilderId("b" + i)))
                .toList();
        for (FakeAgent agent : agents) {
            assertEquals(200, agent.lease(0, certifier).statusCode());
            agent.commit(FakeAgent.built(RESULT));
        }
        for (FakeAgent agent : agents) {
            assertEquals(200, agent.reveal(RESULT).statusCode());
        }
        lab.anonymous().get("/v1/rounds/" + round + "/events");
        return round;
    }

    private static FakeAgent agent(Lab lab, BuilderId builder) {
        try {
            return new FakeAgent(builder, lab.as(builder), lab.builders.get(builder));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private DeskInCrash start(Path kept, FaultyFiles files) throws Exception {
        return new DeskInCrash(kept, files, setup, keys, trust, lab("blobs"));
    }

    @ParameterizedTest
    @EnumSource(names = {"CRASH_LOSING_ALL", "CRASH_AFTER"})
    void aVersionIsTakenWholeOrNotAtAll(Fault fault) throws Exception {
        int taken = 0;
        int unreviewed = 0;
        boolean broken = true;
        int at = 0;
        int before = beforeThePush();
        while (broken) {
            Path kept = Files.copy(database, directory.resolve(fault + "-" + at + ".sqlite"));
            FaultyFiles breaking = start.failingAt(before + at, fault);
            push(kept, breaking);
            broken = breaking.faultHappened();
            String where = fault + " at operation " + at++;
            boolean adopted;
            FaultyFiles after = breaking.restarted();
            try (var life = start(kept, after)) {
                adopted = life.store.trust().versions().size() == 2;
                unreviewed +=
                        adopted && !life.store.trust().versions().getLast().reviewed() ? 1 : 0;
                life.desk.resume();
                assertEquals(adopted ? "INSUFFICIENT" : "CERTIFIED", verdict(life), where);
                assertEquals(adopted, life.desk.trust().trust().version() == 2, where);
            }
            taken += adopted ? 1 : 0;
            // Whoever got no answer sends it again.
            FaultyFiles again = after.restarted();
            try (var life = start(kept, again)) {
                life.desk.resume();
                life.desk.push(next);
                check(life, where);
            }
            try (var life = start(kept, again.restarted())) {
                long size = life.size();
                life.desk.resume();
                check(life, where);
                assertEquals(size, life.size(), where);
            }
        }
        assertTrue(at > 3 && taken > 1 && taken < at && unreviewed > 0, taken + " of " + at + ", " + unreviewed);
    }

    /** Operations of a start that has nothing to do. */
    private int beforeThePush() throws Exception {
        FaultyFiles files = start.restarted();
        try (var life = start(database, files)) {
            life.desk.resume();
        }
        return files.operations();
    }

    /** Until the power goes. */
    private void push(Path kept, FaultyFiles files) throws Exception {
        try (var life = start(kept, files)) {
            life.desk.resume();
            life.desk.push(next);
        } catch (RefusedException | LogUnavailableException | IOException e) {
            assertTrue(files.faultHappened(), e.getMessage());
        }
    }

    private Fields status(DeskInCrash life) throws Exception {
        return Fields.of(life.desk.status(round), "status");
    }

    private String verdict(DeskInCrash life) throws Exception {
        return status(life).string("verdict");
    }

    private void check(DeskInCrash life, String where) throws Exception {
        assertEquals(2, life.desk.trust().trust().version(), where);
        assertTrue(life.store.trust().versions().getLast().reviewed(), where);
        assertEquals("INSUFFICIENT", verdict(life), where);
        assertFalse(status(life).value("withdrawn") instanceof Json.Null, where);
        // The first version's signature and the second's, and one word on the one certificate.
        Set<Sha256> notices = new HashSet<>();
        for (Bundle notice : life.desk.notices().bundles()) {
            assertEquals(1, life.count(notice.envelope()), where);
            notices.add(notice.envelope().digest());
        }
        assertEquals(2, notices.size(), where);
        Report report = new Verifier(trust, setup.policy(), Instant.now(), Optional.empty())
                .verify(
                        List.of(new Artifact("hello", Sha256.of(RESULT))),
                        life.desk.kit(round).bytes(),
                        "kit");
        assertEquals(
                List.of("INSUFFICIENT"),
                report.refusals().stream().map(refusal -> refusal.code().name()).toList(),
                where);
    }
}
