package dev.quorate.host;

import dev.quorate.dsse.P256Key;
import java.nio.BufferUnderflowException;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.SignatureException;

/** A TPMT_SIGNATURE of TPM_ALG_ECDSA with SHA-256 (TPM 2.0 Library, part 2, 11.3.4). */
final class QuoteSignature {
    private static final int ECDSA = 0x0018;
    private static final int SHA256 = 0x000b;
    private static final int LENGTH = 32;

    private QuoteSignature() {}

    static void verify(byte[] quote, byte[] signature, P256Key ak) throws GeneralSecurityException, RefusedException {
        Signature verifying = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifying.initVerify(ak.publicKey());
        verifying.update(quote);
        if (!verifies(verifying, plain(signature))) {
            throw new RefusedException(HostRefusal.QUOTE_SIGNATURE, "the attestation key did not sign the quote");
        }
    }

    private static boolean verifies(Signature verifying, byte[] plain) {
        try {
            return verifying.verify(plain);
        } catch (SignatureException e) {
            return false;
        }
    }

    /** The two numbers, 32 bytes each; a TPM may leave out zeros at their beginnings. */
    private static byte[] plain(byte[] signature) throws RefusedException {
        try {
            var wire = new Wire(signature, ByteOrder.BIG_ENDIAN);
            boolean form = wire.u16() == ECDSA && wire.u16() == SHA256;
            byte[] r = wire.bytes(wire.u16());
            byte[] s = wire.bytes(wire.u16());
            if (form && r.length <= LENGTH && s.length <= LENGTH && wire.isAtEnd()) {
                var plain = new byte[2 * LENGTH];
                System.arraycopy(r, 0, plain, LENGTH - r.length, r.length);
                System.arraycopy(s, 0, plain, 2 * LENGTH - s.length, s.length);
                return plain;
            }
        } catch (BufferUnderflowException e) {
            throw malformed();
        }
        throw malformed();
    }

    private static RefusedException malformed() {
        return new RefusedException(
                HostRefusal.QUOTE_MALFORMED, "the quote's signature is not a TPM's, ECDSA with SHA-256");
    }
}
