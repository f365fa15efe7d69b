package dev.quorate.host;

import java.nio.BufferUnderflowException;
import java.nio.ByteOrder;

/**
 * A TPMS_ATTEST of type TPM_ST_ATTEST_CERTIFY (TPM 2.0 Library, part 2, 10.12).
 *
 * @param name of the key that was loaded in the TPM, the digest of its public area after the digest's algorithm
 */
record Certification(byte[] name) {
    private static final long MAGIC = 0xff544347L;
    private static final int TYPE = 0x8017;

    static Certification read(byte[] bytes) throws RefusedException {
        try {
            return read(new Wire(bytes, ByteOrder.BIG_ENDIAN));
        } catch (BufferUnderflowException e) {
            throw malformed("is cut off");
        }
    }

    private static Certification read(Wire wire) throws RefusedException {
        // Only a TPM's own structures begin so; a restricted key signs nothing else that does.
        if (wire.u32() != MAGIC || wire.u16() != TYPE) {
            throw malformed("is no certification of a key by a TPM");
        }
        wire.bytes(wire.u16());
        // What whoever asked wanted signed along, and the clock: a key's area does not change with time.
        wire.bytes(wire.u16());
        wire.bytes(8 + 4 + 4 + 1);
        wire.u64();
        byte[] name = wire.bytes(wire.u16());
        wire.bytes(wire.u16());
        if (!wire.isAtEnd()) {
            throw malformed("has something after it");
        }
        return new Certification(name);
    }

    private static RefusedException malformed(String problem) {
        return new RefusedException(HostRefusal.CERTIFICATION_MALFORMED, "the certification " + problem);
    }
}
