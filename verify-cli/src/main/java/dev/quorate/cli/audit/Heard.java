package dev.quorate.cli.audit;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.intoto.Statement;
import dev.quorate.json.MalformedException;

/**
 * A line of a kit that is an entry of the log.
 *
 * @param digest of its envelope
 * @param payload whose signature by the entry's key is good
 */
record Heard(Leaf leaf, Sha256 digest, VerifiedPayload payload) {
    long index() {
        return leaf.index();
    }

    P256Key signedBy() {
        return payload.signedBy();
    }

    boolean isOf(String predicateType) {
        try {
            return Statement.parse(payload, "statement").predicateType().equals(predicateType);
        } catch (MalformedException e) {
            return false;
        }
    }
}
