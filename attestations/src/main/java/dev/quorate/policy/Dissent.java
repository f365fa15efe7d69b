package dev.quorate.policy;

import java.util.Locale;

/** What a counted vote for another result does to a quorum. */
public enum Dissent {
    /** It makes the round contested. */
    BLOCKS,
    /** It is shown, and the quorum stands. */
    RECORDED;

    /**
     * Reads the word in a policy.
     *
     * @throws IllegalArgumentException for another word
     */
    public static Dissent parse(String word) {
        return switch (word) {
            case "blocks" -> BLOCKS;
            case "recorded" -> RECORDED;
            default -> throw new IllegalArgumentException("must be blocks or recorded");
        };
    }

    /** The word in a policy. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
