package dev.quorate.it.sim;

import dev.quorate.coordinator.store.HostNotice;
import dev.quorate.coordinator.store.KeptNotice;
import dev.quorate.coordinator.store.Standing;
import dev.quorate.digest.Sha256;
import dev.quorate.round.BuilderId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What the model of the coordinator's store has durable of hosts: standings, and the notices of their changes. */
final class HostArchive {
    private final Map<BuilderId, Standing> standings = new TreeMap<>();
    private final List<Owned> notices = new ArrayList<>();

    private record Owned(BuilderId builder, KeptNotice notice) {
        Sha256 digest() {
            return notice.notice().notice().digest();
        }
    }

    /** Every standing, by builder. */
    List<Standing> all() {
        return List.copyOf(standings.values());
    }

    Optional<Standing> standing(BuilderId builder) {
        return Optional.ofNullable(standings.get(builder));
    }

    /** Keeps a standing that is the same but for its certificate. */
    void renew(Standing standing) {
        standings.put(standing.builder(), standing);
    }

    /** Keeps another standing, and the notice of it. */
    void change(Standing standing, HostNotice notice) {
        standings.put(standing.builder(), standing);
        notices.add(new Owned(standing.builder(), new KeptNotice(notices.size(), notice, OptionalLong.empty())));
    }

    void logged(KeptNotice kept, long index) {
        Owned owned = notices.get((int) kept.number());
        var now = new KeptNotice(kept.number(), kept.notice(), OptionalLong.of(index));
        notices.set((int) kept.number(), new Owned(owned.builder(), now));
    }

    /** Every notice, oldest first. */
    List<KeptNotice> notices() {
        return notices.stream().map(Owned::notice).toList();
    }

    /** The oldest notice that the log may not have. */
    Optional<KeptNotice> unlogged() {
        return notices().stream().filter(kept -> kept.index().isEmpty()).findFirst();
    }

    /** The notice of a builder's newest change. */
    Optional<KeptNotice> newest(BuilderId builder) {
        return find(owned -> owned.builder().equals(builder));
    }

    /** A builder's notice, by the digest of its envelope. */
    Optional<KeptNotice> notice(BuilderId builder, Sha256 digest) {
        return find(owned -> owned.builder().equals(builder) && owned.digest().equals(digest));
    }

    private Optional<KeptNotice> find(Predicate<Owned> which) {
        return notices.reversed().stream().filter(which).map(Owned::notice).findFirst();
    }
}
