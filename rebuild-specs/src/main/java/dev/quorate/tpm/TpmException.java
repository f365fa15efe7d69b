package dev.quorate.tpm;

import java.io.IOException;
import java.io.Serial;

/** The TPM does not do what it was asked. The message is one sentence, safe to print. */
public final class TpmException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final boolean policyRefused;

    /** A failure that is no refusal by a policy. */
    public TpmException(String message) {
        this(message, false);
    }

    TpmException(String message, boolean policyRefused) {
        super(message);
        this.policyRefused = policyRefused;
    }

    /** Whether the policy of a key was not met, {@code TPM_RC_POLICY_FAIL}. */
    public boolean isPolicyRefused() {
        return policyRefused;
    }
}
