package dev.quorate.coordinator.desk;

import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.trust.RootKey;
import dev.quorate.trust.SignedTrust;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A version of the trust root as what root keys signed: one envelope a signature, of keys of the version before it and
 * of its own.
 */
public record TrustLines(List<Line> lines) {
    /** One root key's signature. */
    public record Line(Envelope envelope, P256Key signedBy) {}

    /**
     * The lines of a version.
     *
     * @param versions all that were in force, with the one before it
     */
    public static TrustLines of(SignedTrust version, List<SignedTrust> versions) {
        Set<P256Key> keys = new LinkedHashSet<>();
        for (SignedTrust other : versions) {
            int number = other.trust().version();
            if (number == version.trust().version()
                    || number + 1 == version.trust().version()) {
                other.trust().root().keys().stream().map(RootKey::key).forEach(keys::add);
            }
        }
        byte[] statement = version.trust().statement().bytes();
        List<Line> lines = new ArrayList<>();
        for (P256Key key : keys) {
            byte[] signature = version.signatures().get(key.hint());
            if (signature != null) {
                Envelope envelope = Envelope.of(statement, signature);
                if (envelope.verify(key).isPresent()) {
                    lines.add(new Line(envelope, key));
                }
            }
        }
        return new TrustLines(lines);
    }

    /** Has the log hold each; entering them again changes nothing. */
    void enter(LogBook log) throws RefusedException, InterruptedException {
        for (Line line : lines) {
            log.enter(line.envelope(), line.signedBy());
        }
    }
}
