package dev.quorate.host;

import dev.quorate.digest.Sha256;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.round.Nonce;
import dev.quorate.round.RoundId;

/** What evidence was made for; it is worth nothing on any other occasion. */
public sealed interface Occasion {
    /** Adds what the binding holds of it. */
    void write(Json.Builder json);

    /**
     * One round.
     *
     * @param opening digest of the opening's envelope, as it was logged
     */
    record OfRound(RoundId round, Sha256 opening) implements Occasion {
        @Override
        public void write(Json.Builder json) {
            json.put("round", round.text()).put("opening", opening.hex());
        }
    }

    /**
     * One enrolment, or its renewal.
     *
     * @param nonce the coordinator's
     */
    record OfEnrolment(Nonce nonce) implements Occasion {
        @Override
        public void write(Json.Builder json) {
            json.put("nonce", nonce.base64());
        }
    }

    /** Reads the members that {@link #write} adds. */
    static Occasion read(Fields fields) throws MalformedException {
        return fields.has("nonce")
                ? new OfEnrolment(fields.string("nonce", Nonce::parse))
                : new OfRound(fields.string("round", RoundId::parse), fields.string("opening", Sha256::parse));
    }
}
