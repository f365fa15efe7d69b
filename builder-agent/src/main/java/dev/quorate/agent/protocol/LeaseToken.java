package dev.quorate.agent.protocol;

import dev.quorate.json.Json;

/** A fencing token: of two tokens for one assignment, the coordinator accepts only the later. */
public record LeaseToken(long value) {
    public LeaseToken {
        if (value < 0 || value > Json.MAX_INTEGER) {
            throw new IllegalArgumentException("a lease token is an integer from 0 to 2^53-1");
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
