package dev.quorate.coordinator;

import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostReport;
import dev.quorate.host.Occasion;
import dev.quorate.json.Json;
import dev.quorate.round.BuilderId;
import java.security.KeyPair;

/** Evidence of a host, and the fresh key that it is about. */
public record ShownHost(KeyPair pair, Envelope envelope) {
    /** What a machine with that TPM shows, by its PCR 4. */
    public static ShownHost of(BuilderId builder, SoftTpm tpm, Occasion occasion) throws Exception {
        KeyPair pair = KeyPairSigner.generate();
        var key = P256Key.of(pair.getPublic());
        return of(pair, builder, occasion, tpm.quote(HostEvidence.binding(builder, occasion, key), 4));
    }

    /** Evidence with any report at all. */
    public static ShownHost of(KeyPair pair, BuilderId builder, Occasion occasion, HostReport report) throws Exception {
        byte[] statement = new HostEvidence(builder, occasion, P256Key.of(pair.getPublic()), report)
                .statement()
                .bytes();
        return new ShownHost(pair, Envelope.sign(statement, new KeyPairSigner(pair)));
    }

    /** The key that it is about. */
    public P256Key key() {
        return P256Key.of(pair.getPublic());
    }

    /** How an agent sends it. */
    public Json.Obj json() {
        return Json.object()
                .put("key", key().toString())
                .put("envelope", envelope.json())
                .build();
    }
}
