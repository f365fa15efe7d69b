package dev.quorate.agent.snp;

import java.io.IOException;
import java.io.Serial;

/** The processor cannot show this machine. The message is one sentence, safe to print. */
public final class SnpException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    SnpException(String message) {
        super(message);
    }
}
