package dev.quorate.coordinator.round;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.coordinator.round.Attestation.Standing;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;
import dev.quorate.spec.SpecDigest;
import dev.quorate.tally.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories: whatever happens in whatever order, these hold. */
class RoundHistoryTest {
    private static final List<BuilderId> BUILDERS =
            List.of(new BuilderId("b1"), new BuilderId("b2"), new BuilderId("b3"), new BuilderId("stranger"));
    private static final int STEPS = 400;
    private static final P256Key KEY = new KeyPairSigner(KeyPairSigner.generate()).publicKey();

    private final List<RoundEvent> history = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private RoundState state;
    private long index = 10;

    private void open() {
        var terms = new Terms(
                RoundId.ofRandom(new byte[16]),
                new SpecDigest(Sha256.of("spec")),
                BUILDERS.subList(0, 3),
                2,
                Duration.ofSeconds(30),
                Duration.ofMinutes(30),
                Duration.ofMinutes(5));
        var opened = new RoundEvent.Opened(now, terms, new Filed(Sha256.of("opening"), 0));
        history.add(opened);
        state = RoundMachine.open(opened);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void everyHistoryKeepsTheRules(long seed) throws Exception {
        for (long part = 0; part < 25; part++) {
            history.clear();
            play(new Random(seed * 1000 + part));
        }
    }

    private void play(Random random) throws Exception {
        open();
        for (int i = 0; i < STEPS; i++) {
            now = now.plusSeconds(random.nextInt(20));
            RoundEvent event = event(random);
            Step step = RoundMachine.step(state, event);
            checkStep(state, event, step);
            if (!step.state().equals(state) && !(event instanceof RoundEvent.Heartbeat)) {
                history.add(event);
            }
            state = step.state();
        }
        checkReplay();
    }

    private RoundEvent event(Random random) {
        BuilderId builder = BUILDERS.get(random.nextInt(BUILDERS.size()));
        var token = new LeaseToken(Math.max(
                0, state.assignment(builder).map(a -> a.token().number()).orElse(0L) - random.nextInt(8) / 7));
        // Few different envelopes, so that repetitions and second ones are common.
        var filed = new Filed(Sha256.of(builder + "/" + random.nextInt(10) / 9), index++);
        return switch (random.nextInt(10)) {
            case 0, 1 -> new RoundEvent.Leased(now, builder);
            case 2 -> new RoundEvent.Heartbeat(now, builder, token);
            case 3 ->
                random.nextInt(4) == 0 ? new RoundEvent.Returned(now, builder, token) : new RoundEvent.Passed(now);
            case 4 -> new RoundEvent.Committed(now, builder, token, filed);
            case 5, 6 ->
                new RoundEvent.Proven(
                        now, builder, token, random.nextInt(5) == 0 ? Finality.RETRYABLE : Finality.FINAL, filed);
            case 7 -> new RoundEvent.Counted(now, Verdict.INSUFFICIENT, "counted");
            case 8 -> new RoundEvent.Certified(now, filed);
            default ->
                new RoundEvent.Attested(
                        now,
                        builder,
                        token,
                        KEY,
                        random.nextInt(6) == 0 ? Standing.REFUSED : Standing.GOOD,
                        new Filed(Sha256.of(builder + "/host/" + random.nextInt(12)), index++));
        };
    }

    private static void checkStep(RoundState before, RoundEvent event, Step step) {
        RoundState after = step.state();
        if (event instanceof RoundEvent.Leased leased && step.answer() instanceof Answer.Granted) {
            assertFalse(before.assignment(leased.builder()).orElseThrow().isBarred(), "a refused host got a lease");
        }
        if (event instanceof RoundEvent.Attested shown
                && shown.standing() == Standing.REFUSED
                && !before.equals(after)) {
            Assignment part = after.assignment(shown.builder()).orElseThrow();
            assertFalse(part.isHeldUnder(shown.token()), "a refused host kept its lease");
            assertTrue(part.isSettled() && part.isSaid(), "a round waits for a refused host");
        }
        if (event instanceof RoundEvent.Committed commit && step.answer() instanceof Answer.Taken taken) {
            assertEquals(commit.filed().envelope(), taken.filed().envelope());
            assertTrue(before.phase().takesCommitments() || before.equals(after), "a commitment came after a reveal");
        }
        if (event instanceof RoundEvent.Proven proven
                && step.answer() instanceof Answer.Taken
                && !before.equals(after)
                && before.assignment(proven.builder())
                        .orElseThrow()
                        .commitment()
                        .isPresent()) {
            assertFalse(before.phase().takesCommitments(), "a result was told before the others had committed");
        }
        if (event instanceof RoundEvent.Counted && !before.equals(after)) {
            assertEquals(Due.COUNT, before.due());
        }
        if (!(event instanceof RoundEvent.Heartbeat) && !(event instanceof RoundEvent.Leased)) {
            assertEquals(after, RoundMachine.step(after, event).state(), "a repetition changed something");
        }
        for (BuilderId builder : before.assignments().keySet()) {
            Assignment was = before.assignments().get(builder);
            Assignment is = after.assignments().get(builder);
            assertTrue(was.token().compareTo(is.token()) <= 0);
            assertTrue(was.commitment().isEmpty() || was.commitment().equals(is.commitment()));
            assertTrue(was.proof().isEmpty() || was.proof().equals(is.proof()));
        }
        assertTrue(before.phase().ordinal() <= after.phase().ordinal() || before.phase() == Phase.LOGGED);
    }

    private void checkReplay() throws Exception {
        List<RoundEvent> stored = new ArrayList<>();
        for (RoundEvent event : history) {
            stored.add(EventJson.read(EventJson.write(event)));
        }
        assertEquals(history, stored);
        // How long a lease lasts is not stored; everything that decides is.
        assertEquals(withoutLeaseEnds(state), withoutLeaseEnds(RoundMachine.fold(stored)));
    }

    private static RoundState withoutLeaseEnds(RoundState state) {
        RoundState plain = state;
        for (Assignment part : state.assignments().values()) {
            plain = plain.with(part.leasedUntil().isPresent() ? part.leasedUntil(Instant.EPOCH) : part);
        }
        return plain;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aCommitDeadlineRevealsOnlyWithTheThreshold(int committed) {
        open();
        for (BuilderId builder : BUILDERS.subList(0, committed)) {
            step(new RoundEvent.Leased(now, builder));
            var filed = new Filed(Sha256.of(builder.text()), index++);
            assertInstanceOf(
                    Answer.Taken.class, step(new RoundEvent.Committed(now, builder, new LeaseToken(1), filed)));
        }
        step(new RoundEvent.Passed(now.plus(Duration.ofMinutes(30))));
        if (committed < 2) {
            assertEquals(Due.COUNT, state.due());
        } else {
            // Three of three began to reveal at the last commitment, and their reveal deadline is over as well.
            assertEquals(committed == 3 ? Due.COUNT : Due.NOTHING, state.due());
            assertEquals(Phase.REVEALING, state.phase());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void threeFailedTriesAreTheLastWord(int tries) {
        open();
        BuilderId builder = BUILDERS.getFirst();
        for (int i = 1; i <= tries; i++) {
            assertInstanceOf(Answer.Granted.class, step(new RoundEvent.Leased(now, builder)));
            var filed = new Filed(Sha256.of("try " + i), index++);
            step(new RoundEvent.Proven(now, builder, new LeaseToken(i), Finality.RETRYABLE, filed));
            assertInstanceOf(Answer.NoWork.class, step(new RoundEvent.Leased(now, builder)));
            now = now.plus(Duration.ofMinutes(5));
        }
        assertEquals(tries == 3, state.assignment(builder).orElseThrow().hasGivenUp());
        assertEquals(tries < 3, step(new RoundEvent.Leased(now, builder)) instanceof Answer.Granted);
    }

    @Test
    void anExcuseThatComesAgainUnderANewLeaseIsNotAnotherAttempt() {
        open();
        BuilderId builder = BUILDERS.getFirst();
        var excuse = new Filed(Sha256.of("excuse"), index++);
        step(new RoundEvent.Leased(now, builder));
        step(new RoundEvent.Proven(now, builder, new LeaseToken(1), Finality.RETRYABLE, excuse));
        step(new RoundEvent.Leased(now.plus(Duration.ofMinutes(1)), builder));
        step(new RoundEvent.Proven(
                now.plus(Duration.ofMinutes(1)), builder, new LeaseToken(2), Finality.RETRYABLE, excuse));
        assertEquals(1, state.assignment(builder).orElseThrow().attempts().size());
    }

    @Test
    void aSecondCommitmentAfterTheCertificateIsCountedAnew() {
        open();
        for (BuilderId builder : BUILDERS.subList(0, 3)) {
            step(new RoundEvent.Leased(now, builder));
            var filed = new Filed(Sha256.of(builder.text()), index++);
            step(new RoundEvent.Committed(now, builder, new LeaseToken(1), filed));
        }
        step(new RoundEvent.Passed(now.plus(Duration.ofMinutes(5))));
        step(new RoundEvent.Counted(now, Verdict.INSUFFICIENT, "nobody revealed"));
        step(new RoundEvent.Certified(now, new Filed(Sha256.of("certificate"), index++)));
        assertEquals(Due.NOTHING, state.due());
        var other = new Filed(Sha256.of("another result"), index++);
        step(new RoundEvent.Committed(now, BUILDERS.getFirst(), new LeaseToken(1), other));
        assertEquals(Due.COUNT, state.due());
    }

    @ParameterizedTest
    @EnumSource(Finding.class)
    void aSecondCommitmentNeverGivesAVoidCertificateASuccessor(Finding standing) {
        open();
        BuilderId first = BUILDERS.getFirst();
        for (BuilderId builder : BUILDERS.subList(0, 3)) {
            step(new RoundEvent.Leased(now, builder));
            step(new RoundEvent.Committed(
                    now, builder, new LeaseToken(1), new Filed(Sha256.of(builder.text()), index++)));
        }
        now = now.plusSeconds(3600);
        step(new RoundEvent.Passed(now));
        step(new RoundEvent.Counted(now, Verdict.CERTIFIED, "counted"));
        step(new RoundEvent.Certified(now, new Filed(Sha256.of("certificate"), index++)));
        var told = new Filed(Sha256.of("review"), index++);
        step(new RoundEvent.Reviewed(now, 2, standing, Verdict.INSUFFICIENT, "a trojan source", told));
        step(new RoundEvent.Committed(now, first, new LeaseToken(1), new Filed(Sha256.of("other"), index++)));
        assertTrue(state.assignment(first).orElseThrow().secondCommitment().isPresent());
        assertEquals(standing == Finding.VOID ? Due.NOTHING : Due.COUNT, state.due());
    }

    private Answer step(RoundEvent event) {
        Step step = RoundMachine.step(state, event);
        state = step.state();
        return step.answer();
    }
}
