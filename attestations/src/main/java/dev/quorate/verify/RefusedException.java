package dev.quorate.verify;

/** Ends a check at its first refusal; never leaves this package. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final RefusalCode code;

    RefusedException(RefusalCode code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    Refusal refusal() {
        return new Refusal(code, getMessage());
    }
}
