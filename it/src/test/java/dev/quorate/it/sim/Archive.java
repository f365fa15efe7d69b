package dev.quorate.it.sim;

import dev.quorate.dsse.Envelope;
import dev.quorate.trust.SignedTrust;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the model of the coordinator's store has durable of trust roots: versions, how far they are reviewed, notices. */
final class Archive {
    private final List<SignedTrust> versions = new ArrayList<>();
    private final Map<String, Envelope> notices = new TreeMap<>();
    private int reviewed;

    /** All versions that were in force, oldest first. */
    List<SignedTrust> versions() {
        return List.copyOf(versions);
    }

    void add(SignedTrust version) {
        versions.add(version);
    }

    /** The newest version under which nothing is left to be looked at. */
    SignedTrust reviewed() {
        return versions.get(reviewed - 1);
    }

    /** Whether something may rest on an earlier version. */
    boolean isPending() {
        return reviewed < versions.size();
    }

    void reviewed(int version) {
        reviewed = Math.max(reviewed, version);
    }

    Optional<Envelope> notice(String subject) {
        return Optional.ofNullable(notices.get(subject));
    }

    void add(String subject, Envelope notice) {
        notices.put(subject, notice);
    }

    /** What was signed because of later versions, by version and subject. */
    Map<String, Envelope> notices() {
        return new TreeMap<>(notices);
    }
}
