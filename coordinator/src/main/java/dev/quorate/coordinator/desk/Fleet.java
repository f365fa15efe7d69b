package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.schedule.Candidate;
import dev.quorate.round.BuilderId;
import dev.quorate.spec.Platform;
import dev.quorate.trust.TrustedBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** When each builder last asked for work, and for which platform. Only what the trust root names gets in. */
final class Fleet {
    private final Map<BuilderId, Map<Platform, Instant>> seen = new ConcurrentHashMap<>();

    void saw(BuilderId builder, Platform platform, Instant now) {
        seen.computeIfAbsent(builder, b -> new ConcurrentHashMap<>()).put(platform, now);
    }

    /**
     * Who may be enrolled for a platform: a builder that only ever asked for others is none.
     *
     * @param shunned is as good as not there
     */
    List<Candidate> candidates(
            List<TrustedBuilder> usable, Platform platform, Rounds rounds, Predicate<BuilderId> shunned) {
        return usable.stream()
                .filter(builder -> !asksOnlyForOthers(builder.id(), platform))
                .map(builder -> new Candidate(
                        builder,
                        lastSeen(builder.id(), platform).filter(instant -> !shunned.test(builder.id())),
                        rounds.queue(builder.id()).size()))
                .toList();
    }

    private boolean asksOnlyForOthers(BuilderId builder, Platform platform) {
        Map<Platform, Instant> platforms = seen.getOrDefault(builder, Map.of());
        return !platforms.isEmpty() && !platforms.containsKey(platform);
    }

    private Optional<Instant> lastSeen(BuilderId builder, Platform platform) {
        return Optional.ofNullable(seen.getOrDefault(builder, Map.of()).get(platform));
    }
}
