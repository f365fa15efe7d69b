package dev.quorate.host;

import dev.quorate.policy.Assurance;
import dev.quorate.trust.HostId;

/** What evidence is worth. */
public sealed interface Judgement {
    /**
     * It is good.
     *
     * @param host which machine it is
     * @param profile whose reference values it met
     * @param boot which boot of the machine it is
     */
    record Accepted(Assurance assurance, HostId host, String profile, Boot boot) implements Judgement {}

    /**
     * It is not, and vouches for nothing.
     *
     * @param detail one sentence for a person
     */
    record Refused(HostRefusal reason, String detail) implements Judgement {
        @Override
        public String toString() {
            return reason + ": " + detail;
        }
    }

    /**
     * A TPM's counters of its machine's life: while both stay the same, so does the boot.
     *
     * @param resetCount of resets, each a boot
     * @param restartCount of resumes since the last reset
     */
    record Boot(long resetCount, long restartCount) {}
}
