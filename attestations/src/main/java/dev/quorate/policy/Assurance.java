package dev.quorate.policy;

import java.util.Locale;

/** How much is known about the host behind a vote, from least to most. */
public enum Assurance {
    /** Nothing but the builder's key. */
    NONE,
    /** A measured boot, quoted by a TPM. */
    MEASURED,
    /** A confidential VM, attested by its CPU. */
    CONFIDENTIAL;

    /**
     * Reads the word in a policy.
     *
     * @throws IllegalArgumentException for another word
     */
    public static Assurance parse(String word) {
        return switch (word) {
            case "none" -> NONE;
            case "measured" -> MEASURED;
            case "confidential" -> CONFIDENTIAL;
            default -> throw new IllegalArgumentException("must be none, measured or confidential");
        };
    }

    /** The word in a policy. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
