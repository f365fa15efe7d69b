package dev.quorate.agent.qrexec;

import java.io.IOException;
import java.io.Serial;

/** What the other side sent is refused. The message begins with the refusal's name and is safe to print. */
final class StreamRefusedException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Refusal refusal;

    StreamRefusedException(Refusal refusal, String detail) {
        super(refusal + ": " + detail);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
