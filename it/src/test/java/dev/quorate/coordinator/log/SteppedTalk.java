package dev.quorate.coordinator.log;

import dev.quorate.json.MalformedException;
import dev.quorate.log.NoteKey;
import dev.quorate.log.VerifiedCheckpoint;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The coordinator's own {@link WitnessTalk} with one witness, whose messages somebody else carries. */
public final class SteppedTalk {
    private final WitnessTalk talk;
    private final SteppedLog log;
    private Optional<VerifiedCheckpoint> head = Optional.empty();
    private WitnessTalk.Step step;

    private SteppedTalk(WitnessTalk talk, SteppedLog log) {
        this.talk = talk;
        this.log = log;
        this.step = talk.unreachable("nobody has asked yet");
    }

    /** Talks with each of these witnesses of a log. */
    public static List<SteppedTalk> with(List<Witness> witnesses, NoteKey key, InstantSource clock, SteppedLog log) {
        return witnesses.stream()
                .map(witness -> new SteppedTalk(new WitnessTalk(witness, key, clock), log))
                .toList();
    }

    /** Begins to ask for a cosignature over a head of the log. */
    public void begin(VerifiedCheckpoint over) throws IOException {
        head = Optional.of(over);
        try {
            step = talk.begin(over, log::consistency);
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is to be sent to the witness next; nothing if it is over. */
    public Optional<String> request() {
        return step instanceof WitnessTalk.Step.Ask(String body) ? Optional.of(body) : Optional.empty();
    }

    /** The witness answered. */
    public void heard(int status, String body) throws IOException {
        try {
            step = talk.heard(status, body, head.orElseThrow(), log::consistency);
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nothing came in time. */
    public void timedOut() {
        step = talk.unreachable("timed out");
    }

    /** What came of it. */
    public WitnessAnswer answer() {
        return ((WitnessTalk.Step.Over) step).answer();
    }
}
