package dev.quorate.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.round.BuilderId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose a key was, it stays. */
class OwnedKeyTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private final P256Key root = key();
    private final P256Key certifier = key();
    private final P256Key key = key();

    private static P256Key key() {
        return new KeyPairSigner(KeyPairSigner.generate()).publicKey();
    }

    private static List<TimedKey> timed(P256Key key) {
        return List.of(new TimedKey(key, NOW, Optional.empty()));
    }

    private TrustRoot trust(int version, String holder) {
        return new TrustRoot(
                version,
                NOW.plus(Duration.ofDays(30)),
                new RootKeys(1, List.of(new RootKey(holder, root))),
                List.of(),
                List.of(new Principal("quorate.example", timed(certifier))),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private TrustRoot builder(int version, String id, P256Key held) {
        var builder = new TrustedBuilder(new BuilderId(id), "op-" + id, "zone", "vendor", timed(held));
        return trust(version, "alice").edit().builders(List.of(builder)).done();
    }

    private TrustRoot maintainer(int version, String name) {
        return trust(version, "alice")
                .edit()
                .maintainers(List.of(new Principal(name, timed(key))))
                .done();
    }

    private String sentence(String to, String from) {
        return "version 2 gives " + to + " the key " + key.id().hex() + ", which was " + from + "'s in version 1: what "
                + from + " signed would pass for another's, and kits that hold it would be refused; give " + to
                + " a key of its own";
    }

    @Test
    void aBuildersKeyIsNoOtherBuilders() {
        assertEquals(
                Optional.of(sentence("builder b2", "builder b1")),
                builder(2, "b2", key).givesAwayOf(builder(1, "b1", key)));
    }

    @Test
    void norAnybodyElses() {
        assertEquals(
                Optional.of(sentence("maintainer jane", "builder b1")),
                maintainer(2, "jane").givesAwayOf(builder(1, "b1", key)));
        assertEquals(
                Optional.of(sentence("builder b1", "maintainer jane")),
                builder(2, "b1", key).givesAwayOf(maintainer(1, "jane")));
        assertTrue(builder(2, "b1", certifier)
                .edit()
                .certifiers(List.of())
                .done()
                .givesAwayOf(trust(1, "alice"))
                .orElseThrow()
                .contains("which was certifier quorate.example's"));
    }

    @Test
    void whoseNameIsInNoKitMayBeCalledOtherwise() {
        assertEquals(Optional.empty(), trust(2, "alice-smith").givesAwayOf(trust(1, "alice")));
        assertEquals(Optional.empty(), maintainer(2, "jane-smith").givesAwayOf(maintainer(1, "jane")));
    }

    @Test
    void aKeyMayComeAndGo() {
        assertEquals(Optional.empty(), builder(2, "b1", key).givesAwayOf(builder(1, "b1", key)));
        assertEquals(Optional.empty(), builder(2, "b1", key()).givesAwayOf(builder(1, "b1", key)));
        assertEquals(Optional.empty(), trust(2, "alice").givesAwayOf(builder(1, "b1", key)));
    }
}
