package dev.quorate.coordinator.enrol;

import dev.quorate.dsse.Base64Text;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Questions that were asked and may be answered once, soon. Safe for many threads.
 *
 * @param <T> what was asked about
 */
public final class Pending<T> {
    /** How long an answer may take. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int NAME_BYTES = 32;

    private final int most;
    private final SecureRandom random;
    private final Map<String, Question<T>> open = new LinkedHashMap<>();

    private record Question<T>(T about, Instant until) {}

    /**
     * Nothing asked yet.
     *
     * @param most questions open at once; one more and the oldest is forgotten
     */
    public Pending(int most, SecureRandom random) {
        this.most = most;
        this.random = random;
    }

    /** Asks; the answer has to name what this returns: 32 random bytes in base64. */
    public synchronized String ask(T about, Instant now) {
        var bytes = new byte[NAME_BYTES];
        random.nextBytes(bytes);
        String name = Base64Text.encode(bytes);
        open.values().removeIf(question -> !now.isBefore(question.until()));
        if (open.size() >= most) {
            Iterator<String> oldest = open.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        open.put(name, new Question<>(about, now.plus(PATIENCE)));
        return name;
    }

    /** What was asked about under that name, unless it was answered before or too long ago. */
    public synchronized Optional<T> answer(String name, Instant now) {
        return Optional.ofNullable(open.remove(name))
                .filter(question -> now.isBefore(question.until()))
                .map(Question::about);
    }
}
