package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.identity.KeylessBundle;
import dev.quorate.dsse.Envelope;
import dev.quorate.json.Fields;
import dev.quorate.json.MalformedException;

/** A submission as it comes in: signed with a maintainer's key, or by a maintainer's identity. */
public sealed interface Wish {
    /** What was signed. */
    Envelope envelope();

    /** Signed with a key. */
    record Keyed(Envelope envelope) implements Wish {}

    /** Signed without one; the bundle says by whom. */
    record Keyless(KeylessBundle bundle) implements Wish {
        @Override
        public Envelope envelope() {
            return bundle.envelope();
        }
    }

    /** Reads an envelope, or a Sigstore bundle, which says what it is. */
    static Wish read(Fields fields) throws MalformedException {
        return fields.has("mediaType") ? new Keyless(KeylessBundle.read(fields)) : new Keyed(Envelope.read(fields));
    }
}
