package dev.quorate.agent.snp;

import dev.quorate.agent.work.Voice;
import dev.quorate.agent.work.Voices;
import dev.quorate.digest.Sha256;
import dev.quorate.round.BuilderId;
import dev.quorate.round.RoundId;
import java.io.IOException;

/** A fresh key for each round, which is never written down, and a report of this machine's processor over it. */
public record ConfidentialVoices(BuilderId self, ReportEntry entry) implements Voices {
    @Override
    public Voice voice(RoundId round, Sha256 opening) throws IOException, InterruptedException {
        return Voice.fresh(self, round, opening, entry::over);
    }
}
