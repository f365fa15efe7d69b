package dev.quorate.agent.tpm;

import java.io.IOException;
import java.io.Serial;

/** The TPM does not do what it was asked. The message is one sentence, safe to print. */
public final class TpmException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    TpmException(String message) {
        super(message);
    }
}
