package dev.quorate.agent.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.agent.build.BuildOrder;
import dev.quorate.agent.build.BuildResult;
import dev.quorate.agent.build.Builder;
import dev.quorate.agent.fixture.FakePause;
import dev.quorate.agent.fixture.HonestBuilder;
import dev.quorate.agent.fixture.TestRound;
import dev.quorate.agent.fixture.Village;
import dev.quorate.agent.protocol.Reveal;
import dev.quorate.digest.Sha256;
import dev.quorate.export.BuilderLink;
import dev.quorate.proof.BuildProof;
import dev.quorate.proof.FailureClass;
import dev.quorate.proof.Outcome;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Commitment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkerTest {
    private final Village village = new Village();
    private final FakePause pause = new FakePause();

    @TempDir
    Path directory;

    private Workers workers;

    @BeforeEach
    void haveInput() throws Exception {
        workers = new Workers(directory, village);
        workers.haveInput();
    }

    private Optional<String> turn(TestRound round, Builder builder) throws InterruptedException {
        return workers.worker(round, round, builder, pause).turn();
    }

    private int directoriesLeft() throws IOException {
        try (var rounds = Files.list(workers.rounds())) {
            return (int) rounds.count();
        }
    }

    @Test
    void commitsThenRevealsAProofThatOpensTheCommitment() throws Exception {
        var round = new TestRound(village);
        assertEquals(Optional.empty(), turn(round, new HonestBuilder()));
        BuildProof proof = round.proofs().getFirst();
        Commitment commitment = Commitment.parse(round.commitment()
                .orElseThrow()
                .verify(village.builder(TestRound.SELF).publicKey())
                .orElseThrow());
        assertTrue(commitment.opensTo(proof.nonce(), proof.outcome().digest()));
        assertEquals(0, proof.commitmentIndex().orElseThrow());
        assertTrue(round.stored().contains(Sha256.of(HonestBuilder.OUTPUT)));
        assertTrue(round.stored().containsAll(List.of(proof.log(), proof.environment())));
        assertEquals(0, directoriesLeft());
        var link = new BuilderLink(((Outcome.Built) proof.outcome()).outputs());
        assertTrue(link.isSignedBy(workers.linkKey(), proof.link().orElseThrow()));
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureClass.class,
            names = {"BUILD_FAILED", "RESOURCE_LIMIT"})
    void aFailedBuildIsCommittedToAndProvenLikeAResult(FailureClass failure) throws Exception {
        var round = new TestRound(village);
        assertEquals(Optional.empty(), turn(round, order -> HonestBuilder.failed(order, failure)));
        assertEquals(1, round.commitments());
        assertEquals(
                new Outcome.Failed(failure, "it went wrong"),
                round.proofs().getFirst().outcome());
    }

    @Test
    void aMachineThatFailsSaysSoWithoutACommitment() throws Exception {
        var round = new TestRound(village);
        Builder broken = order -> {
            throw new IOException("no space left on device");
        };
        assertEquals(Optional.empty(), turn(round, broken));
        assertEquals(0, round.commitments());
        BuildProof proof = round.proofs().getFirst();
        assertEquals(new Outcome.Failed(FailureClass.INFRASTRUCTURE, "no space left on device"), proof.outcome());
        assertTrue(proof.commitmentIndex().isEmpty());
        assertEquals(0, directoriesLeft());
    }

    @Test
    void aMachineThatCannotShowItselfSaysSoWithoutACommitment() throws Exception {
        var round = new TestRound(village);
        Voices mute = (id, opening) -> {
            throw new IOException("the TPM does not answer");
        };
        assertEquals(
                Optional.empty(),
                workers.worker(round, round, new HonestBuilder(), pause, mute).turn());
        assertEquals(0, round.commitments());
        assertEquals(
                new Outcome.Failed(FailureClass.INFRASTRUCTURE, "the host cannot show itself: the TPM does not answer"),
                round.proofs().getFirst().outcome());
        assertEquals(0, directoriesLeft());
    }

    @Test
    void anInputThatNobodyHasIsSaidSoByName() throws Exception {
        var round = new TestRound(village);
        Files.delete(workers.cache().find(Sha256.of(Village.INPUT)).orElseThrow());
        assertEquals(Optional.empty(), turn(round, new HonestBuilder()));
        var outcome = (Outcome.Failed) round.proofs().getFirst().outcome();
        assertEquals(FailureClass.INPUT_UNAVAILABLE, outcome.failure());
        assertTrue(outcome.detail().contains("gcc.deb"), outcome.detail());
        assertEquals(0, round.commitments());
    }

    @Test
    void anInputThatTheCoordinatorKeepsIsTakenFromThere() throws Exception {
        var round = new TestRound(village);
        Path cached = workers.cache().find(Sha256.of(Village.INPUT)).orElseThrow();
        round.store(Sha256.of(Village.INPUT), cached);
        Files.delete(cached);
        turn(round, new HonestBuilder());
        assertEquals("BUILT", round.proofs().getFirst().outcome().word());
    }

    @Test
    void anInputThatRottedInTheCacheIsNotBuiltFrom() throws Exception {
        var round = new TestRound(village);
        Path cached = workers.cache().find(Sha256.of(Village.INPUT)).orElseThrow();
        round.store(Sha256.of(Village.INPUT), cached);
        Files.delete(cached);
        Files.writeString(cached, "rot");
        turn(round, new HonestBuilder());
        assertEquals("BUILT", round.proofs().getFirst().outcome().word());
        assertEquals(Village.INPUT, Files.readString(cached));
    }

    @Test
    void aLostLeaseStopsTheBuildAtOnce() throws Exception {
        var round = new TestRound(village);
        var stopped = new AtomicBoolean();
        Builder endless = order -> {
            round.takeAway();
            pause.beat();
            return untilInterrupted(stopped);
        };
        Optional<String> problem = turn(round, endless);
        assertTrue(stopped.get());
        assertTrue(problem.orElseThrow().contains("lease"), problem.toString());
        assertEquals(0, round.handedBack());
        // The next lease builds again from nothing.
        assertEquals(Optional.empty(), turn(round, new HonestBuilder()));
        assertEquals(1, round.proofs().size());
    }

    @Test
    void endingWhileBuildingHandsTheAssignmentBack() throws Exception {
        var round = new TestRound(village);
        var stopped = new AtomicBoolean();
        Thread self = Thread.currentThread();
        Builder endless = order -> {
            self.interrupt();
            return untilInterrupted(stopped);
        };
        assertThrows(InterruptedException.class, () -> turn(round, endless));
        assertTrue(stopped.get());
        assertEquals(1, round.handedBack());
    }

    @Test
    void endingWhileWaitingForTheOthersKeepsTheCommitment() throws Exception {
        var round = new TestRound(village);
        Thread self = Thread.currentThread();
        round.showing(honest -> {
            self.interrupt();
            return honest;
        });
        var interruptible = new InterruptibleCoordinator(round);
        assertThrows(
                InterruptedException.class,
                () -> workers.worker(interruptible, round, new HonestBuilder(), pause)
                        .turn());
        assertEquals(0, round.handedBack());
        assertEquals(1, directoriesLeft());
        round.showing(honest -> honest);
        Builder never = order -> {
            throw new AssertionError("built twice");
        };
        assertEquals(Optional.empty(), turn(round, never));
        assertEquals(1, round.commitments());
    }

    private static BuildResult untilInterrupted(AtomicBoolean stopped) throws InterruptedException {
        try {
            new CountDownLatch(1).await();
            throw new AssertionError("nobody opens this latch");
        } catch (InterruptedException e) {
            stopped.set(true);
            throw e;
        }
    }

    @Test
    void anOpeningByNobodyInTheTrustRootIsNotBuilt() throws Exception {
        var stranger = village.sign(
                village.openingOf(TestRound.ROUND, List.of(TestRound.SELF, TestRound.OTHER))
                        .statement(),
                Village.signer());
        assertRefused(new TestRound(village, stranger), "no certifier");
    }

    @Test
    void anOpeningThatEnrolsOthersIsNotBuilt() throws Exception {
        var opening = village.opening(TestRound.ROUND, List.of(TestRound.OTHER, new BuilderId("b3")));
        assertRefused(new TestRound(village, opening), "does not enrol b1");
    }

    private void assertRefused(TestRound round, String reason) throws Exception {
        Builder never = new Builder() {
            @Override
            public BuildResult build(BuildOrder order) {
                throw new AssertionError("built what was not proven");
            }
        };
        String problem = turn(round, never).orElseThrow();
        assertTrue(problem.contains(reason), problem);
        assertEquals(0, round.proofs().size());
    }

    @Test
    void nothingIsRevealedToOneWhoShowsTooFewCommitments() throws Exception {
        var round = new TestRound(village)
                .showing(honest ->
                        new Reveal(honest.checkpoint(), honest.commitments().subList(0, 1)));
        assertNotRevealed(round, "a quorum is 2");
    }

    @Test
    void nothingIsRevealedToOneWhoHidesThisBuildersCommitment() throws Exception {
        var round = new TestRound(village)
                .showing(honest ->
                        new Reveal(honest.checkpoint(), honest.commitments().subList(1, 2)));
        assertNotRevealed(round, "is not shown at 0");
    }

    @Test
    void nothingIsRevealedWithoutAProofOfInclusion() throws Exception {
        var round = new TestRound(village)
                .showing(honest -> new Reveal(
                        honest.checkpoint(),
                        honest.commitments().stream()
                                .map(shown ->
                                        new Reveal.Shown(shown.index(), shown.envelope(), List.of(Sha256.of("else"))))
                                .toList()));
        assertNotRevealed(round, "not proven to be logged");
    }

    @Test
    void nothingIsRevealedUnderAnotherLogsCheckpoint() throws Exception {
        var elsewhere = new Village();
        var round = new TestRound(village)
                .showing(honest -> new Reveal(new TestRound(elsewhere).checkpoint(), honest.commitments()));
        assertNotRevealed(round, "checkpoint");
    }

    @Test
    void oneCommitmentShownTwiceIsNoQuorum() throws Exception {
        var round = new TestRound(village)
                .showing(honest -> new Reveal(
                        honest.checkpoint(),
                        List.of(
                                honest.commitments().getFirst(),
                                honest.commitments().getFirst())));
        assertNotRevealed(round, "two commitments of b1");
    }

    private void assertNotRevealed(TestRound round, String reason) throws Exception {
        String problem = turn(round, new HonestBuilder()).orElseThrow();
        assertTrue(problem.contains(reason), problem);
        assertEquals(0, round.proofs().size());
        assertTrue(
                !round.stored().contains(Sha256.of(HonestBuilder.OUTPUT)), "an output was uploaded before revealing");
        // The commitment stands, and an honest answer later is accepted.
        round.showing(honest -> honest);
        assertEquals(Optional.empty(), turn(round, new HonestBuilder()));
        assertEquals(1, round.commitments());
    }

    @Test
    void aRoundThatEndedWithoutThisBuilderIsForgotten() throws Exception {
        var round = new TestRound(village).showing(honest -> new Reveal("gone", List.of()));
        turn(round, new HonestBuilder());
        assertEquals(1, directoriesLeft());
        round.end();
        assertEquals(Optional.empty(), turn(round, new HonestBuilder()));
        assertEquals(0, directoriesLeft());
    }

    @Test
    void aCommitmentWhoseJournalIsGoneIsNotMadeAgain() throws Exception {
        var round = new TestRound(village).showing(honest -> new Reveal("gone", List.of()));
        turn(round, new HonestBuilder());
        Files.delete(workers.rounds().resolve(TestRound.ROUND.text()).resolve("journal.json"));
        String problem = turn(round, new HonestBuilder()).orElseThrow();
        assertTrue(problem.contains("journal"), problem);
        assertEquals(1, round.commitments());
    }
}
