package dev.quorate.cli.audit;

import dev.quorate.digest.Sha256;
import dev.quorate.host.HostChange;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostRefusal;
import dev.quorate.host.HostReport;
import dev.quorate.host.Judgement;
import dev.quorate.host.SealJudgement;
import dev.quorate.trust.HostId;
import dev.quorate.trust.PcrValues;

/**
 * On which machine a key was used, and what was measured there.
 *
 * @param host its identity, {@code none} without evidence, {@code refused} with evidence that was refused
 * @param assurance the word in a policy, or {@code sealed} for a key that a TPM keeps
 * @param state what it met, or why it was refused
 */
record Machine(String host, String assurance, String state) {
    private static final String NOT = "none";
    private static final String REFUSED = "refused";

    static final Machine NONE = new Machine(NOT, NOT, NOT);

    static Machine of(SealJudgement judgement) {
        return switch (judgement) {
            case SealJudgement.Sealed sealed ->
                new Machine(sealed.host().toString(), SealJudgement.WORD, sealed.profile() + " pcrs:" + sealed.state());
            case SealJudgement.Refused refused -> refused(refused.reason());
        };
    }

    static Machine refused(HostRefusal reason) {
        return new Machine(REFUSED, NOT, reason.name());
    }

    boolean isRefused() {
        return host.equals(REFUSED);
    }

    static Machine of(HostEvidence evidence, Judgement judgement) {
        return switch (judgement) {
            case Judgement.Accepted accepted ->
                new Machine(
                        accepted.host().toString(),
                        accepted.assurance().word(),
                        accepted.profile() + digest(evidence.report()));
            case Judgement.Refused refused -> refused(refused.reason());
        };
    }

    /** As a coordinator says that it stands. */
    static Machine of(HostChange change) {
        return new Machine(
                change.host().map(HostId::toString).orElse("unknown"),
                NOT,
                change.state().name());
    }

    private static String digest(HostReport report) {
        return switch (report) {
            case HostReport.Tpm2 tpm -> " pcrs:" + new PcrValues(tpm.pcrs()).digest();
            case HostReport.SevSnp snp ->
                " report:" + Sha256.of(snp.report().bytes()).hex();
        };
    }
}
