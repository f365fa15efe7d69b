package dev.quorate.agent.work;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Signer;
import dev.quorate.round.RoundId;
import java.io.IOException;
import java.util.Optional;

/** With which keys a builder speaks in its rounds. */
public interface Voices {
    /**
     * A key for what is said in a round; where it has to be fresh, it is made now.
     *
     * @param opening digest of the opening's envelope
     * @throws IOException if the machine cannot show itself
     */
    Voice voice(RoundId round, Sha256 opening) throws IOException, InterruptedException;

    /** The key that the trust root names, in every round. */
    static Voices named(Signer signer) {
        return (round, opening) -> new Voice(signer, Optional.empty());
    }
}
