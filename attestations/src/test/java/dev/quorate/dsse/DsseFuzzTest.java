package dev.quorate.dsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quorate.fixture.Vectors;
import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.MalformedException;
import java.util.List;

class DsseFuzzTest implements Fuzzed {
    @Override
    public List<Target> targets() throws MalformedException {
        Envelope envelope = Vectors.bundles("agreement_ok").getFirst().envelope();
        P256Key key = Vectors.trust("agreement_ok")
                .trust()
                .builders()
                .getFirst()
                .keys()
                .getFirst()
                .key();
        return List.of(
                Target.of("envelope", DsseFuzzTest::envelope, CanonicalJson.bytes(envelope.json())),
                Target.of("p256-key", DsseFuzzTest::key, key.spki()).refusing(IllegalArgumentException.class),
                Target.text("p256-key-text", P256Key::parse, key.toString()),
                Target.text("octets", text -> Octets.parse(text, 100), "AAECAw=="));
    }

    /** An envelope is its canonical JSON. */
    private static void envelope(byte[] bytes) throws MalformedException {
        Envelope envelope = Envelope.parse(bytes, "fuzz");
        assertEquals(
                envelope.json(),
                Envelope.read(Fields.of(envelope.json(), "again")).json());
    }

    /** A key has one encoding. */
    private static void key(byte[] bytes) {
        assertArrayEquals(bytes, P256Key.ofSpki(bytes).spki());
    }
}
