package dev.quorate.coordinator.identity;

import dev.quorate.identity.IdentityRefusal;

/** Carries a refusal out of the middle of judging. */
final class UnfitException extends Exception {
    private static final long serialVersionUID = 1;

    private final IdentityRefusal refusal;

    UnfitException(IdentityRefusal refusal) {
        super(refusal.sentence());
        this.refusal = refusal;
    }

    UnfitException(IdentityRefusal refusal, Throwable cause) {
        super(refusal.sentence(), cause);
        this.refusal = refusal;
    }

    IdentityRefusal refusal() {
        return refusal;
    }
}
