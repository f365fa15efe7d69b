package dev.quorate.host;

import dev.quorate.dsse.Octets;
import dev.quorate.trust.ChipId;
import dev.quorate.trust.LaunchDigest;
import dev.quorate.trust.SnpTcb;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;

/**
 * An ATTESTATION_REPORT (SEV-SNP Firmware ABI, 56860, table "ATTESTATION_REPORT Structure"), versions 2 to 5, which lay out
 * alike what is read here. Numbers are little-endian.
 *
 * @param bytes all of it
 * @param policy of the guest
 * @param vmpl privilege level that asked
 * @param reportData what the VM wanted in it
 * @param measurement launch digest
 * @param reportId of this launch
 * @param tcb the firmware that the VCEK was derived for
 * @param chipId zeros if masked
 */
record SnpReport(
        byte[] bytes,
        long policy,
        long vmpl,
        byte[] reportData,
        LaunchDigest measurement,
        Octets reportId,
        SnpTcb tcb,
        byte[] chipId) {
    /** In bytes. */
    static final int LENGTH = 0x4a0;

    private static final int SIGNED = 0x2a0;
    private static final int OLDEST = 2;
    private static final int NEWEST = 5;
    private static final int ECDSA_P384_SHA384 = 1;
    /** Bits of the flags that tell which key signed; 0 is the VCEK, the only one that is one processor's own. */
    private static final int SIGNING_KEY = 0b11100;

    private static final int NUMBER = 72;
    private static final int P384 = 48;
    private static final int TURIN_FAMILY = 0x1a;

    static SnpReport read(byte[] bytes) throws RefusedException {
        if (bytes.length != LENGTH) {
            throw malformed("has " + bytes.length + " bytes, not " + LENGTH);
        }
        var wire = new Wire(bytes, ByteOrder.LITTLE_ENDIAN);
        long version = wire.u32();
        if (version < OLDEST || version > NEWEST) {
            throw malformed("has the version " + version + ", not " + OLDEST + " to " + NEWEST);
        }
        wire.u32();
        long policy = wire.u64();
        wire.bytes(32);
        long vmpl = wire.u32();
        if (wire.u32() != ECDSA_P384_SHA384) {
            throw malformed("is not signed with ECDSA over P-384 and SHA-384");
        }
        wire.bytes(16);
        if ((wire.u32() & SIGNING_KEY) != 0) {
            throw malformed("is not signed with the processor's own key (VCEK)");
        }
        wire.u32();
        byte[] reportData = wire.bytes(64);
        var measurement = LaunchDigest.of(wire.bytes(LaunchDigest.LENGTH));
        wire.bytes(0x140 - 0xc0);
        Octets reportId = Octets.of(wire.bytes(32));
        wire.bytes(32);
        byte[] tcb = wire.bytes(8);
        // From version 3 on the processor says its family.
        boolean isTurin = wire.u8() >= TURIN_FAMILY && version > OLDEST;
        wire.bytes(0x1a0 - 0x189);
        return new SnpReport(
                bytes, policy, vmpl, reportData, measurement, reportId, tcb(tcb, isTurin), wire.bytes(ChipId.LENGTH));
    }

    private static SnpTcb tcb(byte[] raw, boolean isTurin) {
        var u8 = new int[raw.length];
        Arrays.setAll(u8, i -> Byte.toUnsignedInt(raw[i]));
        return isTurin ? new SnpTcb(u8[0], u8[1], u8[2], u8[3], u8[7]) : new SnpTcb(0, u8[0], u8[1], u8[6], u8[7]);
    }

    boolean isBy(ChipId chip) {
        return Arrays.equals(chipId, chip.bytes());
    }

    Judgement.Boot boot() {
        return new Judgement.Boot.Launched(reportId);
    }

    /** All before the signature is signed. */
    void requireSignedBy(ECPublicKey key) throws GeneralSecurityException, RefusedException {
        Signature verifying = Signature.getInstance("SHA384withECDSAinP1363Format");
        verifying.initVerify(key);
        verifying.update(bytes, 0, SIGNED);
        if (!verifies(verifying, signature())) {
            throw new RefusedException(HostRefusal.REPORT_SIGNATURE, "the processor's key did not sign the report");
        }
    }

    private static boolean verifies(Signature verifying, byte[] plain) {
        try {
            return verifying.verify(plain);
        } catch (SignatureException e) {
            return false;
        }
    }

    /** R and S, big-endian and 48 bytes each, out of 72 little-endian bytes each and zeros to the end. */
    private byte[] signature() throws RefusedException {
        var plain = new byte[2 * P384];
        for (int i = 0; i < P384; i++) {
            plain[P384 - 1 - i] = bytes[SIGNED + i];
            plain[2 * P384 - 1 - i] = bytes[SIGNED + NUMBER + i];
        }
        boolean rest = isZero(SIGNED + P384, SIGNED + NUMBER) && isZero(SIGNED + NUMBER + P384, LENGTH);
        if (!rest) {
            throw malformed("has a signature longer than P-384's");
        }
        return plain;
    }

    private boolean isZero(int from, int to) {
        return Arrays.equals(bytes, from, to, new byte[to - from], 0, to - from);
    }

    private static RefusedException malformed(String problem) {
        return new RefusedException(HostRefusal.REPORT_MALFORMED, "the processor's report " + problem);
    }
}
