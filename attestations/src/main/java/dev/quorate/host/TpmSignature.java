package dev.quorate.host;

import dev.quorate.dsse.P256Key;
import java.nio.BufferUnderflowException;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Optional;

/** A TPMT_SIGNATURE of TPM_ALG_ECDSA with SHA-256 (TPM 2.0 Library, part 2, 11.3.4), as its two numbers. */
final class TpmSignature {
    private static final int ECDSA = 0x0018;
    private static final int SHA256 = 0x000b;
    private static final int LENGTH = 32;

    private final byte[] plain;

    private TpmSignature(byte[] plain) {
        this.plain = plain;
    }

    /** The two numbers, 32 bytes each; a TPM may leave out zeros at their beginnings. Empty for another form. */
    static Optional<TpmSignature> read(byte[] signature) {
        try {
            var wire = new Wire(signature, ByteOrder.BIG_ENDIAN);
            boolean form = wire.u16() == ECDSA && wire.u16() == SHA256;
            byte[] r = wire.bytes(wire.u16());
            byte[] s = wire.bytes(wire.u16());
            if (form && r.length <= LENGTH && s.length <= LENGTH && wire.isAtEnd()) {
                var plain = new byte[2 * LENGTH];
                System.arraycopy(r, 0, plain, LENGTH - r.length, r.length);
                System.arraycopy(s, 0, plain, 2 * LENGTH - s.length, s.length);
                return Optional.of(new TpmSignature(plain));
            }
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** Whether that key made it over those bytes. */
    boolean isBy(P256Key key, byte[] signed) throws GeneralSecurityException {
        Signature verifying = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifying.initVerify(key.publicKey());
        verifying.update(signed);
        try {
            return verifying.verify(plain);
        } catch (SignatureException e) {
            return false;
        }
    }
}
