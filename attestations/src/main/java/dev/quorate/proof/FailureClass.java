package dev.quorate.proof;

/** Why a build gave no outputs. The names appear in proofs. */
public enum FailureClass {
    /** The recipe ran and failed: a vote of no result. */
    BUILD_FAILED,
    /** The builder's own machine failed: no vote, the work goes elsewhere. */
    INFRASTRUCTURE,
    /** A pinned input could not be had from anywhere. */
    INPUT_UNAVAILABLE,
    /** The build reached a limit of its spec. */
    RESOURCE_LIMIT
}
