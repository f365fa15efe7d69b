package dev.quorate.tally;

import dev.quorate.digest.Sha256;
import dev.quorate.proof.Outcome;
import dev.quorate.round.BuilderId;
import java.util.Optional;

/** One enrolled builder's contribution, before operators and groups are looked at. */
sealed interface Ballot {
    /** A result that may count. */
    record Result(Voter voter, Outcome.Built built) implements Ballot {
        BuilderId builder() {
            return voter.builder().id();
        }
    }

    /** A failure that is a vote of no result. */
    record NoResult(Voter voter, Outcome.Failed failed) implements Ballot {}

    /**
     * Nothing yet.
     *
     * @param outcome {@code SILENT}, {@code UNREVEALED} or {@code UNATTESTED}
     */
    record Outstanding(Voter voter, String outcome, String reason) implements Ballot {
        BuilderId builder() {
            return voter.builder().id();
        }
    }

    /** Something that does not count, and why. */
    record Void(Voter voter, String outcome, Optional<Sha256> outputs, String reason) implements Ballot {}

    /** A builder that the trust root does not know. */
    record Stranger(BuilderId builder) implements Ballot {}
}
