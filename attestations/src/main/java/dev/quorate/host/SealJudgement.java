package dev.quorate.host;

import dev.quorate.digest.Sha256;
import dev.quorate.trust.HostId;

/** What the evidence of a key in a TPM is worth. */
public sealed interface SealJudgement {
    /** In place of an assurance: every signature of the key, whenever it was made, was made in that state. */
    String WORD = "sealed";

    /**
     * It is good.
     *
     * @param host which machine the key is in
     * @param profile whose reference values its state met
     * @param state SHA-256 over the values of the PCRs that it is sealed to, in the order of their numbers
     */
    record Sealed(HostId host, String profile, Sha256 state) implements SealJudgement {}

    /**
     * It is not, and says nothing of where the key is.
     *
     * @param detail one sentence for a person
     */
    record Refused(HostRefusal reason, String detail) implements SealJudgement {
        @Override
        public String toString() {
            return reason + ": " + detail;
        }
    }
}
