package dev.quorate.agent.sandbox;

import java.util.List;
import java.util.Map;

/**
 * What held a sandbox in.
 *
 * @param limits limit to mechanism, {@code memory} to {@code cgroup v1}
 * @param unavailable what this machine could not enforce, one sentence each
 */
public record Confinement(Map<String, String> limits, List<String> unavailable) {
    public Confinement {
        limits = Map.copyOf(limits);
        unavailable = List.copyOf(unavailable);
    }
}
