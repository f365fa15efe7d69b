package dev.quorate.export;

import dev.quorate.host.Judgement;
import dev.quorate.json.Json;
import dev.quorate.log.LogIndex;
import dev.quorate.round.BuilderId;

/** Whose word a line of a verified kit is, and what makes it so. */
public sealed interface Speaker {
    /** The members that say so in {@code signers.json}. */
    Json.Builder json();

    /** A certifier, whose key the trust root names. */
    record Certifier(String id) implements Speaker {
        @Override
        public Json.Builder json() {
            return Json.object().put("certifier", id);
        }
    }

    /** A builder, with a key that the trust root names. */
    record Builder(BuilderId id) implements Speaker {
        @Override
        public Json.Builder json() {
            return Json.object().put("builder", id.text());
        }
    }

    /**
     * A builder, with a key of one round that its host vouches for.
     *
     * @param evidence where the log has the evidence, which is good
     * @param worth what it is worth
     */
    record Host(BuilderId builder, LogIndex evidence, Judgement.Accepted worth) implements Speaker {
        @Override
        public Json.Builder json() {
            return Json.object()
                    .put("builder", builder.text())
                    .put("evidence", evidence.toString())
                    .put("assurance", worth.assurance().word())
                    .put("host", worth.host().toString())
                    .put("profile", worth.profile());
        }
    }

    /** A key that means to speak for a builder and does not: its host's evidence was refused. */
    record Nobody(BuilderId claimed, Judgement.Refused refusal) implements Speaker {
        @Override
        public Json.Builder json() {
            return Json.object().put("claims", claimed.text()).put("refusal", refusal.toString());
        }
    }
}
