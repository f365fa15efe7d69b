package dev.quorate.host;

import dev.quorate.trust.ChipId;
import dev.quorate.trust.SnpTcb;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;

/**
 * The certificate of an AMD processor's key, which the processor derives from its chip's secret and its firmware's versions
 * (VCEK Certificate and KDS Interface Specification, 57230, table of the certificate's extensions).
 */
record Vcek(X509Certificate certificate) {
    private static final String AMD = "1.3.6.1.4.1.3704.1.";
    private static final String FMC = AMD + "3.9";
    private static final String BOOT_LOADER = AMD + "3.1";
    private static final String TEE = AMD + "3.2";
    private static final String SNP = AMD + "3.3";
    private static final String MICROCODE = AMD + "3.8";
    private static final String CHIP = AMD + "4";
    private static final int P384_BITS = 384;
    private static final int INTEGER = 0x02;
    private static final int OCTETS = 0x04;
    private static final int SHORT_CHIP = 8;

    /** Its P-384 key. */
    ECPublicKey key() throws RefusedException {
        if (certificate.getPublicKey() instanceof ECPublicKey key
                && key.getParams().getOrder().bitLength() == P384_BITS) {
            return key;
        }
        throw CertificateChain.refused("its certificate has no key on P-384");
    }

    /** Refuses a certificate of another processor, or of the same with other firmware. */
    void requireOf(SnpReport report) throws RefusedException {
        byte[] chip = octets(CHIP);
        boolean isWhole = chip.length == SHORT_CHIP || chip.length == ChipId.LENGTH;
        if (!isWhole || !Arrays.equals(Arrays.copyOf(chip, ChipId.LENGTH), report.chipId())) {
            throw mismatch("is another processor's than the report");
        }
        int fmc = certificate.getExtensionValue(FMC) == null ? 0 : version(FMC);
        var tcb = new SnpTcb(fmc, version(BOOT_LOADER), version(TEE), version(SNP), version(MICROCODE));
        if (!tcb.equals(report.tcb())) {
            throw mismatch("is for the firmware " + tcb + ", and the report says " + report.tcb());
        }
    }

    private int version(String id) throws RefusedException {
        byte[] value = extension(id);
        boolean isOne = value.length == 3 && value[0] == INTEGER && value[1] == 1 && value[2] >= 0;
        boolean isLarge = value.length == 4 && value[0] == INTEGER && value[1] == 2 && value[2] == 0 && value[3] < 0;
        if (!isOne && !isLarge) {
            throw mismatch("has no version of firmware in its extension " + id);
        }
        return Byte.toUnsignedInt(value[value.length - 1]);
    }

    /** AMD writes the bytes as they are; some of its certificates have an OCTET STRING around them. */
    private byte[] octets(String id) throws RefusedException {
        byte[] value = extension(id);
        boolean isWrapped = value.length > 2 && value[0] == OCTETS && value[1] == value.length - 2;
        return isWrapped && value.length != ChipId.LENGTH && value.length != SHORT_CHIP
                ? Arrays.copyOfRange(value, 2, value.length)
                : value;
    }

    /** The extension's value without the OCTET STRING, of up to 127 bytes, that every extension's value is in. */
    private byte[] extension(String id) throws RefusedException {
        byte[] value = certificate.getExtensionValue(id);
        if (value == null || value.length < 2 || value[0] != OCTETS || value[1] != value.length - 2) {
            throw mismatch("lacks the extension " + id);
        }
        return Arrays.copyOfRange(value, 2, value.length);
    }

    private static RefusedException mismatch(String problem) {
        return new RefusedException(HostRefusal.CHIP_MISMATCH, "the processor's certificate " + problem);
    }
}
