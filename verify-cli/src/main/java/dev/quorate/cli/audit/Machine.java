package dev.quorate.cli.audit;

import dev.quorate.digest.Sha256;
import dev.quorate.host.HostChange;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostReport;
import dev.quorate.host.Judgement;
import dev.quorate.trust.HostId;
import java.io.ByteArrayOutputStream;

/**
 * On which machine a key was used, and what was measured there.
 *
 * @param host its identity, {@code none} without evidence, {@code refused} with evidence that was refused
 * @param state what it met, or why it was refused
 */
record Machine(String host, String state) {
    static final Machine NONE = new Machine("none", "none");

    static Machine of(HostEvidence evidence, Judgement judgement) {
        return switch (judgement) {
            case Judgement.Accepted accepted ->
                new Machine(accepted.host().toString(), accepted.profile() + digest(evidence.report()));
            case Judgement.Refused refused ->
                new Machine("refused", refused.reason().name());
        };
    }

    /** As a coordinator says that it stands. */
    static Machine of(HostChange change) {
        return new Machine(
                change.host().map(HostId::toString).orElse("unknown"),
                change.state().name());
    }

    private static String digest(HostReport report) {
        return switch (report) {
            case HostReport.Tpm2 tpm -> {
                var values = new ByteArrayOutputStream();
                tpm.pcrs().values().forEach(value -> values.writeBytes(value.bytes()));
                yield " pcrs:" + Sha256.of(values.toByteArray()).hex();
            }
            case HostReport.SevSnp snp ->
                " report:" + Sha256.of(snp.report().bytes()).hex();
        };
    }
}
