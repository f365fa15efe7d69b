package dev.quorate.host;

import dev.quorate.digest.Sha256;
import dev.quorate.trust.SnpProfile;
import java.util.Arrays;

/** Judges what a processor signed by a profile. */
record SnpJudge(SnpProfile profile, SnpReport report) {
    private static final long MIGRATION = 1L << 18;
    private static final long DEBUG = 1L << 19;

    /** Refuses all but a report over the binding on a VM in one of the profile's states. */
    void judge(Sha256 binding) throws RefusedException {
        // The binding is half as long as the field; nothing else may stand in the rest.
        if (!Arrays.equals(Arrays.copyOf(binding.bytes(), report.reportData().length), report.reportData())) {
            throw new RefusedException(
                    HostRefusal.BINDING_MISMATCH, "the report was made for another builder, round, nonce or key");
        }
        if ((report.policy() & (MIGRATION | DEBUG)) != 0) {
            throw new RefusedException(HostRefusal.GUEST_POLICY, "the VM can be debugged or migrated");
        }
        if (report.vmpl() != profile.vmpl()) {
            throw new RefusedException(
                    HostRefusal.VMPL_UNEXPECTED,
                    "privilege level " + report.vmpl() + " asked for the report, and profile " + profile.name()
                            + " wants " + profile.vmpl());
        }
        if (!profile.measurements().contains(report.measurement())) {
            throw new RefusedException(
                    HostRefusal.MEASUREMENT_UNEXPECTED,
                    "the VM's launch measured " + report.measurement() + ", which profile " + profile.name()
                            + " does not allow");
        }
        if (!report.tcb().isAtLeast(profile.tcb())) {
            throw new RefusedException(
                    HostRefusal.TCB_TOO_OLD,
                    "the processor's firmware is " + report.tcb() + ", and profile " + profile.name()
                            + " wants at least " + profile.tcb());
        }
    }
}
