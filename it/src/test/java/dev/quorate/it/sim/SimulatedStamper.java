package dev.quorate.it.sim;

import dev.quorate.coordinator.time.StampException;
import dev.quorate.coordinator.time.StampTalk;
import dev.quorate.digest.Sha256;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/**
 * Does what the coordinator's stamper does, without its thread: certificates one after the other, each until it is
 * stamped. What is asked and what is kept is decided by the real part.
 */
final class SimulatedStamper {
    private static final long RETRY = 5000;

    private final SimulatedAuthority authority;
    private final EventStore store;
    private final World world;
    private final InstantSource clock;
    private final Consumer<IOException> failed;
    private final SequencedMap<Sha256, byte[]> wanted = new LinkedHashMap<>();
    private boolean asking;
    private long notBefore;
    private boolean dead;

    SimulatedStamper(
            SimulatedAuthority authority,
            EventStore store,
            World world,
            InstantSource clock,
            Consumer<IOException> failed) {
        this.authority = authority;
        this.store = store;
        this.world = world;
        this.clock = clock;
        this.failed = failed;
    }

    /** Its process is gone. */
    void die() {
        dead = true;
    }

    /** Has a signature stamped soon. */
    void want(byte[] signature) {
        Sha256 id = Sha256.of(signature);
        if (store.token(id).isEmpty()) {
            wanted.putIfAbsent(id, signature);
        }
    }

    boolean isDone() {
        return wanted.isEmpty();
    }

    /** Asks about the first that is wanted, if it is time. */
    void look() {
        if (asking || world.now() < notBefore || wanted.isEmpty()) {
            return;
        }
        Map.Entry<Sha256, byte[]> next = wanted.firstEntry();
        var talk = new StampTalk(next.getValue(), authority.nonce(), List.of(SimulatedAuthority.TRUSTED), clock);
        asking = true;
        authority.ask(talk.query(), answer -> {
            if (!dead) {
                asking = false;
                heard(next.getKey(), talk, answer);
            }
        });
    }

    private void heard(Sha256 id, StampTalk talk, Optional<byte[]> answer) {
        notBefore = world.now() + RETRY;
        if (answer.isEmpty()) {
            return;
        }
        try {
            byte[] token = talk.token(answer.get());
            store.transact(() -> store.keep(id, token));
            wanted.remove(id);
            notBefore = 0;
        } catch (StampException e) {
            world.tell("stamper", e.getMessage());
        } catch (PowerCut e) {
            failed.accept(e);
        } catch (IOException e) {
            world.tell("stamper", "does not keep a token: " + e.getMessage());
        }
    }
}
