package dev.quorate.key;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Platform configuration registers of a TPM's SHA-256 bank.
 *
 * @param numbers ascending, at least one
 */
public record Pcrs(List<Integer> numbers) {
    private static final int MOST = 23;

    /** @throws IllegalArgumentException for none, or one that no TPM has */
    public Pcrs {
        numbers = List.copyOf(new TreeSet<>(numbers));
        if (numbers.isEmpty() || numbers.getFirst() < 0 || numbers.getLast() > MOST) {
            throw new IllegalArgumentException("must be PCRs from 0 to " + MOST + ", like 0,4,7");
        }
    }

    /** Reads {@code 0,4,7}. */
    public static Pcrs parse(String text) {
        try {
            return new Pcrs(
                    List.of(text.split(",", -1)).stream().map(Integer::valueOf).toList());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be PCRs from 0 to " + MOST + ", like 0,4,7", e);
        }
    }

    /** As tpm2-tools have it, {@code sha256:0,4,7}. */
    @Override
    public String toString() {
        return "sha256:" + numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
