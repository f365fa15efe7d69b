package dev.quorate.coordinator.schedule;

import dev.quorate.policy.Assurance;
import dev.quorate.trust.HostId;
import dev.quorate.trust.TrustedBuilder;
import dev.quorate.trust.TrustedHost;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many different hosts some builders can show at the same time, each builder one of its own: a maximum matching, by
 * augmenting paths (Kuhn 1955). A builder that can show none adds nothing, as in the tally.
 */
final class HostMatching {
    private final Assurance least;
    private final Map<HostId, TrustedBuilder> shownBy = new HashMap<>();

    private HostMatching(Assurance least) {
        this.least = least;
    }

    /** The number for these builders, if their hosts need that assurance. */
    static int count(List<TrustedBuilder> builders, Assurance least) {
        var matching = new HostMatching(least);
        builders.forEach(builder -> matching.place(builder, new HashSet<>()));
        return matching.shownBy.size();
    }

    private boolean place(TrustedBuilder builder, Set<HostId> tried) {
        for (HostId host : hosts(builder, least)) {
            if (tried.add(host) && (!shownBy.containsKey(host) || place(shownBy.get(host), tried))) {
                shownBy.put(host, builder);
                return true;
            }
        }
        return false;
    }

    private static List<HostId> hosts(TrustedBuilder builder, Assurance least) {
        return builder.hosts().stream()
                .filter(host -> host.kind().assurance().compareTo(least) >= 0)
                .map(TrustedHost::id)
                .distinct()
                .toList();
    }
}
