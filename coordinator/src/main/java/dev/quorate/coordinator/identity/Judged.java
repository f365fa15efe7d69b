package dev.quorate.coordinator.identity;

import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.identity.IdentityRefusal;
import dev.quorate.trust.Identity;

/** Whose word a keyless bundle is. */
public sealed interface Judged {
    /** It is that identity's. */
    record Good(Identity identity, VerifiedPayload payload) implements Judged {}

    /** It is nobody's. */
    record Refused(IdentityRefusal refusal) implements Judged {}
}
