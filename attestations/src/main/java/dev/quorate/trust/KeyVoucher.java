package dev.quorate.trust;

import dev.quorate.dsse.Octets;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.util.Optional;

/**
 * That a key is a builder's, as an identity of the builder's signed it without a key of its own. The trust root has it
 * beside the key; nothing in it is looked at when a trust root is read.
 *
 * @param bundle a Sigstore bundle over a {@link dev.quorate.identity.BuilderKey}, as canonical JSON
 */
public record KeyVoucher(Octets bundle) {
    /** Longest bundle accepted, in bytes. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final String NAME = "voucher";

    /** @throws IllegalArgumentException if the bundle is longer than 64 KiB */
    public KeyVoucher {
        if (bundle.bytes().length > MAX_BYTES) {
            throw new IllegalArgumentException("must be at most " + MAX_BYTES + " bytes");
        }
    }

    /** What stands beside a key, if anything does. */
    static Optional<KeyVoucher> beside(Fields key) throws MalformedException {
        return key.optional(NAME, base64 -> new KeyVoucher(Octets.parse(base64, MAX_BYTES)));
    }

    /** An old trust root has none, and its signatures must go on to hold. */
    static Json.Builder write(Optional<KeyVoucher> voucher, Json.Builder key) {
        return key.putIfPresent(
                NAME, voucher.map(present -> Json.str(present.bundle().toString())));
    }
}
