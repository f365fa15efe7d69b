package dev.quorate.host;

/** Ends a judging at its first refusal; never leaves this package. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final HostRefusal reason;

    RefusedException(HostRefusal reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    HostRefusal reason() {
        return reason;
    }

    Judgement.Refused refused() {
        return new Judgement.Refused(reason, getMessage());
    }
}
