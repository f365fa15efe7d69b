package dev.quorate.it.sim;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Signer;
import dev.quorate.host.Occasion;
import dev.quorate.round.Nonce;
import dev.quorate.round.RoundId;
import java.time.Duration;
import java.util.Optional;

/**
 * How an agent shows its machine: once in a while to be admitted, and in each assignment with a fresh key. All of it is in
 * memory and dies with the process.
 */
final class Showing {
    private static final long RENEWAL = Duration.ofMinutes(6).toMillis();

    private final SimulatedHost host;
    private final FreshKeys keys;
    private Optional<Reply.Admitted> admitted = Optional.empty();
    private long renewal;
    private Optional<Voice> voice = Optional.empty();
    private boolean heard;

    Showing(SimulatedHost host, FreshKeys keys) {
        this.host = host;
        this.keys = keys;
    }

    SimulatedHost host() {
        return host;
    }

    FreshKeys keys() {
        return keys;
    }

    void forget() {
        dismissed();
        began();
    }

    boolean isDue(long now) {
        return admitted.isEmpty() || now >= renewal;
    }

    Voice answer(Nonce nonce) {
        return host.show(new Occasion.OfEnrolment(nonce), keys.next());
    }

    void admitted(Reply.Admitted reply, long now) {
        admitted = Optional.of(reply);
        renewal = now + RENEWAL;
    }

    void dismissed() {
        admitted = Optional.empty();
    }

    Optional<Sha256> certificate() {
        return admitted.map(Reply.Admitted::certificate);
    }

    /** Another assignment, or the same after another lease. */
    void began() {
        voice = Optional.empty();
        heard = false;
    }

    /** What this assignment is spoken with; quoted when that is first asked for. */
    Voice voice(RoundId round, Sha256 opening) {
        if (voice.isEmpty()) {
            voice = Optional.of(host.show(new Occasion.OfRound(round, opening), keys.next()));
        }
        return voice.get();
    }

    /** The evidence is filed. */
    void heard() {
        heard = true;
    }

    /** The key to speak with, once it is known to be the machine's. */
    Optional<Signer> signer() {
        return heard ? voice.map(Voice::signer) : Optional.empty();
    }
}
