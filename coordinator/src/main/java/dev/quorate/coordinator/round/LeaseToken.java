package dev.quorate.coordinator.round;

import dev.quorate.json.Json;

/**
 * Fencing token of a lease: each lease of an assignment has a higher one, and only the highest is listened to.
 *
 * @param number 1, 2, 3, …; 0 before the first lease
 */
public record LeaseToken(long number) implements Comparable<LeaseToken> {
    /** What an assignment has before its first lease. */
    static final LeaseToken NONE = new LeaseToken(0);

    public LeaseToken {
        if (number < 0 || number > Json.MAX_INTEGER) {
            throw new IllegalArgumentException("a lease token is a whole number");
        }
    }

    /**
     * Reads decimal digits.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static LeaseToken parse(String digits) {
        if (!digits.matches("0|[1-9][0-9]{0,14}")) {
            throw new IllegalArgumentException("a lease token is a whole number");
        }
        return new LeaseToken(Long.parseLong(digits));
    }

    LeaseToken next() {
        return new LeaseToken(number + 1);
    }

    @Override
    public int compareTo(LeaseToken other) {
        return Long.compare(number, other.number);
    }
}
