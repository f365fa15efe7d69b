package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.round.Answer;

/** Tells people what the machine refused. */
final class Refusals {
    private Refusals() {}

    static RefusedException of(Answer answer) {
        if (!(answer instanceof Answer.Refused refused)) {
            throw new IllegalStateException("the machine answered " + answer);
        }
        return switch (refused.refusal()) {
            case LEASE_LOST ->
                new RefusedException(Complaint.LEASE_LOST, "another lease of this assignment is newer; lease again");
            case NOT_ENROLLED ->
                new RefusedException(Complaint.NOT_ENROLLED, "this builder is not among those that the opening names");
            case SECOND_COMMITMENT ->
                new RefusedException(
                        Complaint.SECOND_COMMITMENT,
                        "this builder committed to something else before; both are on record");
            case SECOND_PROOF ->
                new RefusedException(
                        Complaint.SECOND_PROOF, "this builder proved something else before; both are on record");
            case TOO_LATE -> new RefusedException(Complaint.TOO_LATE, "this round takes it no longer");
            case TOO_EARLY ->
                new RefusedException(Complaint.TOO_EARLY, "a result is told once all commitments are in the log");
            case NOT_COMMITTED -> new RefusedException(Complaint.NOT_COMMITTED, "commit to the result, then prove it");
        };
    }
}
