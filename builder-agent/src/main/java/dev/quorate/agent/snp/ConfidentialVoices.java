package dev.quorate.agent.snp;

import dev.quorate.agent.work.HostVoices;
import dev.quorate.digest.Sha256;
import dev.quorate.host.HostReport;
import dev.quorate.round.BuilderId;
import java.io.IOException;

/** Fresh keys, and reports of this machine's processor over them. */
public record ConfidentialVoices(BuilderId self, ReportEntry entry) implements HostVoices {
    @Override
    public HostReport.SevSnp over(Sha256 binding) throws IOException {
        return entry.over(binding);
    }
}
