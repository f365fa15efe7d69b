package dev.quorate.trust;

import dev.quorate.dsse.P256Key;
import dev.quorate.intoto.Instants;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.time.Instant;
import java.util.Optional;

/**
 * A key and when what it signed counts.
 *
 * @param from first instant
 * @param until first instant at which it no longer counts, if that is known
 * @param seal that a TPM keeps it, for a certifier's
 * @param voucher by which the builder's identity says that it is its, for a builder's
 */
public record TimedKey(
        P256Key key, Instant from, Optional<Instant> until, Optional<KeySeal> seal, Optional<KeyVoucher> voucher) {
    /** A key of which nobody knows how it is kept. */
    public TimedKey(P256Key key, Instant from, Optional<Instant> until) {
        this(key, from, until, Optional.empty());
    }

    /** A key that no identity vouches for. */
    public TimedKey(P256Key key, Instant from, Optional<Instant> until, Optional<KeySeal> seal) {
        this(key, from, until, seal, Optional.empty());
    }

    static TimedKey read(Fields fields) throws MalformedException {
        var key = new TimedKey(
                fields.string("key", P256Key::parse),
                fields.string("from", Instants::parse),
                fields.optional("until", Instants::parse));
        fields.end();
        return key;
    }

    static TimedKey readCertifiers(Fields fields) throws MalformedException {
        var key = new TimedKey(
                fields.string("key", P256Key::parse),
                fields.string("from", Instants::parse),
                fields.optional("until", Instants::parse),
                KeySeal.beside(fields));
        fields.end();
        return key;
    }

    static TimedKey readBuilders(Fields fields) throws MalformedException {
        var key = new TimedKey(
                fields.string("key", P256Key::parse),
                fields.string("from", Instants::parse),
                fields.optional("until", Instants::parse),
                Optional.empty(),
                KeyVoucher.beside(fields));
        fields.end();
        return key;
    }

    Json.Obj json() {
        Json.Builder json = Json.object()
                .put("key", key.toString())
                .put("from", from.toString())
                .putIfPresent("until", until.map(time -> Json.str(time.toString())));
        return KeyVoucher.write(voucher, KeySeal.write(seal, json)).build();
    }

    /** The same key, kept so. */
    public TimedKey with(KeySeal other) {
        return new TimedKey(key, from, until, Optional.of(other), voucher);
    }

    /** The same key, vouched for so. */
    public TimedKey with(KeyVoucher other) {
        return new TimedKey(key, from, until, seal, Optional.of(other));
    }

    /** Whether something signed at that time counts. */
    public boolean isValidAt(Instant time) {
        return !time.isBefore(from) && until.map(time::isBefore).orElse(true);
    }
}
