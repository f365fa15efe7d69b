package dev.quorate.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A reader of strangers' bytes.
 *
 * @param name of a file, too
 * @param seeds bytes that it reads, the first of them for certain
 * @param refusals what it may throw beside {@link dev.quorate.json.MalformedException}: exactly these classes
 * @param costs how it is fed in each run of the tests
 */
public record Target(
        String name, List<byte[]> seeds, Reader reader, Set<Class<? extends Exception>> refusals, Costs costs) {
    private static final String MALFORMED = "dev.quorate.json.MalformedException";

    /** How long a reading takes. */
    public enum Costs {
        /** Microseconds. */
        LITTLE,
        /** Milliseconds, as signatures do. */
        MUCH
    }

    /** Reads bytes and checks what they were read as; throws an {@link Error} if that is wrong. */
    public interface Reader {
        /** Reads once. */
        void read(byte[] bytes) throws Exception;
    }

    public Target {
        seeds = List.copyOf(seeds);
        refusals = Set.copyOf(refusals);
    }

    /** A reader with seeds. */
    public static Target of(String name, Reader reader, byte[]... seeds) {
        return new Target(name, List.of(seeds), reader, Set.of(), Costs.LITTLE);
    }

    /** A reader with as many seeds as there are. */
    public static Target of(String name, Reader reader, List<byte[]> seeds) {
        return new Target(name, seeds, reader, Set.of(), Costs.LITTLE);
    }

    /** A reader of a text as a value that is written as it was read. */
    public static <T> Target text(String name, Function<String, T> parser, String... seeds) {
        Reader reader = bytes -> {
            T value = parser.apply(new String(bytes, StandardCharsets.UTF_8));
            T again = parser.apply(value.toString());
            if (!again.equals(value)) {
                throw new AssertionError(value + " reads again as " + again);
            }
        };
        List<byte[]> texts = List.of(seeds).stream()
                .map(seed -> seed.getBytes(StandardCharsets.UTF_8))
                .toList();
        return new Target(name, texts, reader, Set.of(IllegalArgumentException.class), Costs.LITTLE);
    }

    /** The same, which refuses with another exception, too; not with those that extend it. */
    public Target refusing(Class<? extends Exception> refusal) {
        Set<Class<? extends Exception>> more = new HashSet<>(refusals);
        more.add(refusal);
        return new Target(name, seeds, reader, more, costs);
    }

    /** The same with more seeds. */
    public Target and(List<byte[]> others) {
        List<byte[]> all = new ArrayList<>(seeds);
        all.addAll(others);
        return new Target(name, all, reader, refusals, costs);
    }

    /** The same, which takes long. */
    public Target costly() {
        return new Target(name, seeds, reader, refusals, Costs.MUCH);
    }

    /**
     * Reads bytes.
     *
     * @return whether they were not refused
     * @throws AssertionError if neither was done well
     */
    public boolean reads(byte[] bytes) {
        try {
            reader.read(bytes);
            return true;
        } catch (Exception e) {
            if (!isRefusal(e)) {
                throw new AssertionError("neither read nor refused", e);
            }
            requireSentence(e);
            return false;
        } catch (StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError("without a bound", e);
        }
    }

    private boolean isRefusal(Exception e) {
        return e.getClass().getName().equals(MALFORMED) || refusals.contains(e.getClass());
    }

    /** A refusal is a sentence that a terminal can show. */
    private static void requireSentence(Exception e) {
        String said = e.getMessage();
        boolean isSentence = said != null && !said.isBlank() && said.chars().noneMatch(Character::isISOControl);
        if (!isSentence) {
            throw new AssertionError("a refusal without a sentence that can be shown: " + said, e);
        }
    }
}
