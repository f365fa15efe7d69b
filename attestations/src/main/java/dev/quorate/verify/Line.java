package dev.quorate.verify;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.tally.Logged;
import java.util.List;

/**
 * A line of the kit whose signature and place in the log were verified.
 *
 * @param number counted from 1
 * @param digest of the envelope
 * @param signature of the envelope
 * @param timestamps answers of time-stamping authorities; nobody has looked at them
 */
record Line(int number, VerifiedPayload payload, long index, Sha256 digest, byte[] signature, List<byte[]> timestamps) {
    P256Key signedBy() {
        return payload.signedBy();
    }

    <T> Logged<T> logged(T value) {
        return new Logged<>(value, payload.signedBy(), index, digest);
    }
}
