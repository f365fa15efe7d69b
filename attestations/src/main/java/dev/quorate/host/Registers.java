package dev.quorate.host;

import dev.quorate.digest.Sha256;
import dev.quorate.trust.PcrReference;
import dev.quorate.trust.PcrValues;
import dev.quorate.trust.Tpm2Profile;
import java.util.Arrays;

/** Registers of a TPM beside a profile's reference values of them. */
record Registers(Tpm2Profile profile, PcrValues pcrs) {
    private static final byte[] NO_LAUNCH = new byte[Sha256.LENGTH];

    static {
        Arrays.fill(NO_LAUNCH, (byte) 0xff);
    }

    /** Refuses where a register is missing or holds something else. */
    void judge() throws RefusedException {
        for (int pcr : profile.quoted()) {
            if (!pcrs.values().containsKey(pcr)) {
                throw new RefusedException(HostRefusal.PCR_MISSING, "the key is not sealed to PCR " + pcr);
            }
        }
        judgeValues();
    }

    /** The same of registers that are there. */
    void judgeValues() throws RefusedException {
        if (profile.drtm()) {
            refuseNoLaunch();
        }
        for (PcrReference reference : profile.pcrs()) {
            Sha256 value = pcrs.values().get(reference.pcr());
            if (!reference.values().contains(value)) {
                throw new RefusedException(
                        HostRefusal.PCR_UNEXPECTED,
                        "PCR " + reference.pcr() + " is " + value + ", which profile " + profile.name()
                                + " does not allow");
            }
        }
    }

    /** Without a dynamic launch these registers hold ones; after a reset that was none, zeros. */
    private void refuseNoLaunch() throws RefusedException {
        for (int pcr : Tpm2Profile.DRTM_PCRS) {
            byte[] value = pcrs.values().get(pcr).bytes();
            if (Arrays.equals(value, NO_LAUNCH) || Arrays.equals(value, new byte[Sha256.LENGTH])) {
                throw new RefusedException(
                        HostRefusal.DRTM_MISSING, "PCR " + pcr + " shows that there was no dynamic launch");
            }
        }
    }
}
