package dev.quorate.agent.tpm;

import dev.quorate.agent.work.HostVoices;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Octets;
import dev.quorate.host.HostReport;
import dev.quorate.round.BuilderId;
import dev.quorate.tpm.TpmException;
import dev.quorate.trust.Tpm2Profile;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import dev.quorate.trust.TrustedHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A fresh key for each round, which is never written down, and a quote of this machine's TPM over it.
 *
 * @param profiles that the trust root judges this builder's hosts by
 * @param eventLogs sent where a profile looks at events
 * @param ima sent where a profile looks at files
 */
public record MeasuredVoices(BuilderId self, Tpm tpm, List<Tpm2Profile> profiles, List<Path> eventLogs, Path ima)
        implements HostVoices {
    public MeasuredVoices {
        profiles = List.copyOf(profiles);
        eventLogs = List.copyOf(eventLogs);
    }

    /** The profiles of a builder's hosts with a TPM; none if the trust root knows of no such host. */
    public static List<Tpm2Profile> profiles(TrustRoot trust, BuilderId builder) {
        return trust.builder(builder).map(TrustedBuilder::hosts).orElse(List.of()).stream()
                .filter(TrustedHost.Tpm2.class::isInstance)
                .flatMap(host -> trust.hostTrust().profile(host.profile()).stream())
                .map(Tpm2Profile.class::cast)
                .distinct()
                .toList();
    }

    @Override
    public HostReport.Tpm2 over(Sha256 binding) throws IOException, InterruptedException {
        SortedSet<Integer> pcrs = new TreeSet<>();
        profiles.forEach(profile -> pcrs.addAll(profile.quoted()));
        Tpm.Quoted quoted = tpm.quote(binding, pcrs);
        // Logs are read after the quote, so that they hold at least what was quoted.
        return new HostReport.Tpm2(
                quoted.ak(), quoted.quote(), quoted.signature(), quoted.pcrs(), neededLogs(), neededList());
    }

    /**
     * Reads once what every round will need of this machine.
     *
     * @throws TpmException if evidence could not be made; the message says why
     */
    public void requireMeasurements() throws IOException {
        neededLogs();
        neededList();
    }

    private List<Octets> neededLogs() throws IOException {
        if (profiles.stream().allMatch(profile -> profile.events().isEmpty())) {
            return List.of();
        }
        List<Octets> logs = new ArrayList<>();
        for (Path log : eventLogs) {
            logs.add(MeasurementFile.eventLog(log).read());
        }
        return logs;
    }

    private Optional<Octets> neededList() throws IOException {
        return profiles.stream().allMatch(profile -> profile.ima().isEmpty())
                ? Optional.empty()
                : Optional.of(MeasurementFile.imaList(ima).read());
    }
}
