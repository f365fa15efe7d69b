package dev.quorate.agent.work;

import dev.quorate.digest.Sha256;
import dev.quorate.round.RoundId;
import java.io.IOException;
import java.util.Optional;

/** What one assignment is spoken with: one key, kept in memory alone, and made when it is first needed. */
final class Speech {
    private final Voices voices;
    private final RoundId round;
    private final Sha256 opening;
    private Optional<Voice> voice = Optional.empty();

    Speech(Voices voices, RoundId round, Sha256 opening) {
        this.voices = voices;
        this.round = round;
        this.opening = opening;
    }

    Sha256 opening() {
        return opening;
    }

    /** Whether nothing was said with it yet. */
    boolean isNew() {
        return voice.isEmpty();
    }

    Voice voice() throws IOException, InterruptedException {
        if (voice.isEmpty()) {
            voice = Optional.of(voices.voice(round, opening));
        }
        return voice.get();
    }
}
