package dev.quorate.coordinator.round;

import dev.quorate.coordinator.round.Attestation.Standing;
import dev.quorate.dsse.P256Key;
import dev.quorate.round.BuilderId;
import dev.quorate.tally.Verdict;
import java.time.Instant;

/** Something that happens to a round, with its time. */
public sealed interface RoundEvent {
    /** When it happened, by the coordinator's clock. */
    Instant at();

    /** The opening was signed and logged. */
    record Opened(Instant at, Terms terms, Filed filed) implements RoundEvent {}

    /** A builder asked for work and this round has some for it. */
    record Leased(Instant at, BuilderId builder) implements RoundEvent {}

    /** A holder is alive. */
    record Heartbeat(Instant at, BuilderId builder, LeaseToken token) implements RoundEvent {}

    /** A holder hands its work back. */
    record Returned(Instant at, BuilderId builder, LeaseToken token) implements RoundEvent {}

    /** A holder shows its host, which was judged. */
    record Attested(Instant at, BuilderId builder, LeaseToken token, P256Key key, Standing standing, Filed filed)
            implements RoundEvent {}

    /** A holder binds itself to its result. */
    record Committed(Instant at, BuilderId builder, LeaseToken token, Filed filed) implements RoundEvent {}

    /** A holder says what came of the build. */
    record Proven(Instant at, BuilderId builder, LeaseToken token, Finality finality, Filed filed)
            implements RoundEvent {}

    /** Time went by; decides something only when a deadline is over. */
    record Passed(Instant at) implements RoundEvent {}

    /** The votes were counted. */
    record Counted(Instant at, Verdict verdict, String reason) implements RoundEvent {}

    /** The certificate of the count is in the log. */
    record Certified(Instant at, Filed filed) implements RoundEvent {}

    /**
     * The trust root no longer lets a builder speak, or its host was lost.
     *
     * @param outlook of the builders that are left
     */
    record Barred(Instant at, BuilderId builder, TakenOff why, Outlook outlook) implements RoundEvent {}

    /**
     * A count was looked at again under a later trust root.
     *
     * @param trust its version
     * @param after the verdict that holds from now on
     * @param outcome the signed outcome in the log
     */
    record Reviewed(Instant at, int trust, Finding standing, Verdict after, String reason, Filed outcome)
            implements RoundEvent {}
}
