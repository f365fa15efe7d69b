package dev.quorate.host;

import dev.quorate.digest.Sha256;
import java.nio.BufferUnderflowException;
import java.nio.ByteOrder;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A TPMS_ATTEST of type TPM_ST_ATTEST_QUOTE (TPM 2.0 Library, part 2, 10.12).
 *
 * @param extraData the qualifying data
 * @param pcrs which registers of the SHA-256 bank were quoted
 * @param pcrDigest SHA-256 over their values, in ascending order of their numbers
 */
record Quote(byte[] extraData, Judgement.Boot boot, SortedSet<Integer> pcrs, Sha256 pcrDigest) {
    private static final long MAGIC = 0xff544347L;
    private static final int TYPE = 0x8018;
    private static final int SHA256 = 0x000b;

    static Quote read(byte[] bytes) throws RefusedException {
        try {
            return read(new Wire(bytes, ByteOrder.BIG_ENDIAN));
        } catch (BufferUnderflowException e) {
            throw malformed("is cut off");
        }
    }

    private static Quote read(Wire wire) throws RefusedException {
        // Only a TPM's own structures begin so; a restricted key signs nothing else that does.
        if (wire.u32() != MAGIC || wire.u16() != TYPE) {
            throw malformed("is no quote of a TPM");
        }
        wire.bytes(wire.u16());
        byte[] extraData = wire.bytes(wire.u16());
        wire.u64();
        long resetCount = wire.u32();
        long restartCount = wire.u32();
        if (wire.u8() > 1) {
            throw malformed("has a clock that is neither safe nor not");
        }
        wire.u64();
        if (wire.u32() != 1 || wire.u16() != SHA256) {
            throw new RefusedException(HostRefusal.PCR_BANK, "the quote is not over the SHA-256 bank alone");
        }
        SortedSet<Integer> pcrs = pcrs(wire.bytes(wire.u8()));
        byte[] digest = wire.bytes(wire.u16());
        if (digest.length != Sha256.LENGTH || !wire.isAtEnd()) {
            throw malformed("has a digest of another length, or something after it");
        }
        return new Quote(
                extraData, new Judgement.Boot.Counted(resetCount, restartCount), pcrs, Sha256.ofDigest(digest));
    }

    private static SortedSet<Integer> pcrs(byte[] bits) throws RefusedException {
        if (bits.length != 3) {
            throw malformed("selects other registers than 0 to 23");
        }
        SortedSet<Integer> pcrs = new TreeSet<>();
        for (int pcr = 0; pcr < 8 * bits.length; pcr++) {
            if ((bits[pcr / 8] >> pcr % 8 & 1) == 1) {
                pcrs.add(pcr);
            }
        }
        return pcrs;
    }

    private static RefusedException malformed(String problem) {
        return new RefusedException(HostRefusal.QUOTE_MALFORMED, "the quote " + problem);
    }
}
