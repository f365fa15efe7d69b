package dev.quorate.it.sim;

import dev.quorate.dsse.P256Key;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostReport;
import dev.quorate.host.Occasion;
import dev.quorate.it.sim.Hardware.Image;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedHost;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What every enrolled machine has really quoted, what for, and what it ran then. The oracle knows from this alone what
 * evidence is worth: it looks into no quote, no register and no event log.
 */
final class Quotes {
    private final Map<HostReport, Quoted> all = new HashMap<>();

    /**
     * What a machine was asked for.
     *
     * @param running empty if nobody allows that
     */
    record Quoted(BuilderId builder, Occasion occasion, P256Key key, Optional<Image> running) {}

    void quoted(HostReport report, Quoted what) {
        all.put(report, what);
    }

    /**
     * Whether that key's evidence is the word of a machine of its builder, made for that occasion, in a state that the
     * trust root allows at that time.
     */
    boolean isGood(HostEvidence shown, P256Key signedBy, Occasion asked, TrustRoot trust, Instant time) {
        Quoted quoted = all.get(shown.report());
        return quoted != null
                && shown.key().equals(signedBy)
                && shown.occasion().equals(asked)
                && quoted.key().equals(signedBy)
                && quoted.occasion().equals(asked)
                && quoted.builder().equals(shown.builder())
                && quoted.running()
                        .filter(image -> allows(trust, shown, image, time))
                        .isPresent();
    }

    private static boolean allows(TrustRoot trust, HostEvidence shown, Image image, Instant time) {
        P256Key ak = ((HostReport.Tpm2) shown.report()).ak();
        return trust.builder(shown.builder()).stream()
                .flatMap(builder -> builder.hosts().stream())
                .filter(host -> ((TrustedHost.Tpm2) host).ak().equals(ak))
                .anyMatch(host -> Hardware.ALLOWED.get(host.profile()).contains(image)
                        && !trust.isRevoked(host.id(), time)
                        && !trust.isRevoked(ak, time));
    }
}
