package dev.quorate.key;

import java.io.Serial;
import java.security.GeneralSecurityException;

/** A key that cannot be used. The message is one sentence, safe to print: which key, what is wrong, and the remedy. */
public final class UnusableKeyException extends GeneralSecurityException {
    @Serial
    private static final long serialVersionUID = 1;

    UnusableKeyException(String sentence) {
        super(sentence);
    }

    UnusableKeyException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
