package dev.quorate.host;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.host.credential.EccPublicArea;
import dev.quorate.trust.KeyEvidence;
import dev.quorate.trust.PcrValues;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** A key beside the evidence that a TPM keeps it and signs with it in one state alone, whatever that state is. */
record SealedKey(P256Key key, KeyEvidence evidence) {
    private static final int POLICY_PCR = 0x0000017f;
    private static final int SHA256 = 0x000b;
    private static final int SELECTED = 3;

    void judge() throws GeneralSecurityException, RefusedException {
        byte[] certification = evidence.certification().bytes();
        TpmSignature signature = TpmSignature.read(evidence.signature().bytes())
                .orElseThrow(() -> new RefusedException(
                        HostRefusal.CERTIFICATION_MALFORMED,
                        "the certification's signature is not a TPM's, ECDSA with SHA-256"));
        if (!signature.isBy(evidence.ak(), certification)) {
            throw new RefusedException(
                    HostRefusal.CERTIFICATION_SIGNATURE, "the attestation key did not sign the certification");
        }
        Certification certified = Certification.read(certification);
        EccPublicArea area = area();
        if (!Arrays.equals(certified.name(), area.name())) {
            throw new RefusedException(HostRefusal.CERTIFIED_OTHER, "the TPM certified another key's public area");
        }
        if (!area.key().equals(key)) {
            throw new RefusedException(
                    HostRefusal.OTHER_KEY, "it is about another key than the one that it stands beside");
        }
        judge(area);
        if (!Arrays.equals(area.policy(), policy(evidence.pcrs()))) {
            throw new RefusedException(
                    HostRefusal.POLICY_MISMATCH, "the key's policy is not PolicyPCR over the values that are shown");
        }
    }

    private EccPublicArea area() throws RefusedException {
        try {
            return EccPublicArea.of(evidence.publicArea().bytes());
        } catch (IllegalArgumentException e) {
            throw new RefusedException(HostRefusal.KEY_AREA_MALFORMED, "the key's public area " + e.getMessage());
        }
    }

    private static void judge(EccPublicArea area) throws RefusedException {
        if (!area.has(EccPublicArea.FIXED)) {
            throw new RefusedException(
                    HostRefusal.KEY_MOVABLE, "the key was not made in its TPM, or may leave it or its parent");
        }
        if (area.has(EccPublicArea.BY_PASSWORD)) {
            throw new RefusedException(HostRefusal.KEY_BY_PASSWORD, "the key signs for a password, in any state");
        }
        if (!area.has(EccPublicArea.SIGN) || area.has(EccPublicArea.RESTRICTED) || area.has(EccPublicArea.DECRYPT)) {
            throw new RefusedException(
                    HostRefusal.KEY_PURPOSE, "the key is for something else than signing statements");
        }
    }

    /** What TPM2_PolicyPCR makes of an empty policy (TPM 2.0 Library, part 3, 23.7). */
    static byte[] policy(PcrValues pcrs) {
        var bits = new byte[SELECTED];
        pcrs.values().keySet().forEach(pcr -> bits[pcr / 8] |= (byte) (1 << pcr % 8));
        return Sha256.of(ByteBuffer.allocate(Sha256.LENGTH + 4 + 4 + 2 + 1 + SELECTED + Sha256.LENGTH)
                        .put(new byte[Sha256.LENGTH])
                        .putInt(POLICY_PCR)
                        .putInt(1)
                        .putShort((short) SHA256)
                        .put((byte) SELECTED)
                        .put(bits)
                        .put(pcrs.digest().bytes())
                        .array())
                .bytes();
    }
}
