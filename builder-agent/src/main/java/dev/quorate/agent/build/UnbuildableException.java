package dev.quorate.agent.build;

import dev.quorate.proof.FailureClass;

/** A build that ends without a result. The message is one sentence for a person. */
final class UnbuildableException extends Exception {
    private static final long serialVersionUID = 1;

    private final FailureClass failure;

    UnbuildableException(FailureClass failure, String message) {
        super(message);
        this.failure = failure;
    }

    static UnbuildableException spec(String message) {
        return new UnbuildableException(FailureClass.BUILD_FAILED, message);
    }

    FailureClass failure() {
        return failure;
    }
}
