package dev.quorate.host;

import dev.quorate.dsse.Octets;
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

    /** Which life of the machine it was; while it stays equal, so does the boot. */
    sealed interface Boot {
        /**
         * A TPM's counters.
         *
         * @param resetCount of resets, each a boot
         * @param restartCount of resumes since the last reset
         */
        record Counted(long resetCount, long restartCount) implements Boot {}

        /**
         * A confidential VM, from its launch to its end.
         *
         * @param reportId that its processor drew for it
         */
        record Launched(Octets reportId) implements Boot {}
    }
}
