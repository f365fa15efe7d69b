package dev.quorate.agent.work;

import dev.quorate.round.RoundId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What this agent knows about its rounds across restarts. What was written is durable on return. */
interface Journal {
    /** How far a round has come; empty if nothing was finished in it. */
    Optional<Entry> read(RoundId round) throws IOException;

    /** Notes how far a round has come. */
    void write(RoundId round, Entry entry) throws IOException;

    /** The round's directory, where its build and everything that the journal names lies. */
    Path directory(RoundId round) throws IOException;

    /** Removes the round's directory. */
    void forget(RoundId round) throws IOException, InterruptedException;

    /** Every round that has a directory, sorted. */
    List<RoundId> rounds() throws IOException;
}
