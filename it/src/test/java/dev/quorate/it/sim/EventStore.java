package dev.quorate.it.sim;

import dev.quorate.coordinator.round.EventJson;
import dev.quorate.coordinator.round.RoundEvent;
import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import dev.quorate.round.RoundId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A model of the coordinator's store: one transaction takes an event and its envelope; it fails without effect, or the
 * power goes in it, and then all of it is there or nothing.
 */
final class EventStore {
    private final Chance chance;
    private final Map<RoundId, List<RoundEvent>> events = new TreeMap<>();
    private final Map<RoundId, List<Testimony>> envelopes = new TreeMap<>();
    private final Map<Sha256, byte[]> tokens = new HashMap<>();
    private final Archive archive = new Archive();
    private final HostArchive hosts = new HostArchive();
    private int faultOneIn;
    private long changes;
    private long transactions;

    EventStore(Chance chance) {
        this.chance = chance;
    }

    void faultOneIn(int transactions) {
        faultOneIn = transactions;
    }

    void append(RoundId round, RoundEvent event, Optional<Testimony> envelope) throws IOException {
        transact(() -> write(round, event, envelope));
    }

    /** One transaction, by the rules of all. */
    void transact(Runnable write) throws IOException {
        if (chance.oneIn(faultOneIn)) {
            switch (chance.below(3)) {
                case 0 -> throw new IOException("database or disk is full");
                case 1 -> commit(write);
                default -> {
                    // The tail that was not synced is gone.
                }
            }
            throw new PowerCut();
        }
        commit(write);
    }

    private void commit(Runnable write) {
        transactions++;
        write.run();
    }

    /** What it has of trust roots; changed in a transaction only. */
    Archive archive() {
        return archive;
    }

    /** What it has of hosts; changed in a transaction only. */
    HostArchive hosts() {
        return hosts;
    }

    private void write(RoundId round, RoundEvent event, Optional<Testimony> envelope) {
        changes++;
        events.computeIfAbsent(round, r -> new ArrayList<>()).add(stored(event));
        List<Testimony> kept = envelopes.computeIfAbsent(round, r -> new ArrayList<>());
        envelope.filter(e -> kept.stream().noneMatch(k -> k.digest().equals(e.digest())))
                .ifPresent(kept::add);
    }

    /** The token over the signature with that digest. */
    Optional<byte[]> token(Sha256 signature) {
        return Optional.ofNullable(tokens.get(signature));
    }

    /** Keeps a token, in a transaction; the first one stays. */
    void keep(Sha256 signature, byte[] token) {
        tokens.putIfAbsent(signature, token);
    }

    /** How many transactions are durable: as long as it is the same, so is everything here. */
    long transactions() {
        return transactions;
    }

    /** How many events are durable. */
    long changes() {
        return changes;
    }

    List<RoundId> rounds() {
        return List.copyOf(events.keySet());
    }

    List<RoundEvent> events(RoundId round) {
        return List.copyOf(events.get(round));
    }

    /** What is read of an event later. */
    private static RoundEvent stored(RoundEvent event) {
        try {
            return EventJson.read(EventJson.write(event));
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Testimony> envelopes(RoundId round) {
        return List.copyOf(envelopes.getOrDefault(round, List.of()));
    }
}
