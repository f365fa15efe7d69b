package dev.quorate.cli.audit;

import dev.quorate.dsse.P256Key;
import dev.quorate.trust.RootKey;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import java.util.Optional;

/**
 * Whose a key is.
 *
 * @param operator of a builder; otherwise the name again
 */
record Party(Role role, String name, String operator) {
    /** As what a trust root names a key. */
    enum Role {
        /** Reproduces. */
        BUILDER,
        /** Opens rounds and certifies. */
        CERTIFIER,
        /** Submits. */
        MAINTAINER,
        /** Signs trust roots. */
        ROOT,
        /** None that is named. */
        UNKNOWN;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static final Party UNKNOWN = new Party(Role.UNKNOWN, "unknown", "unknown");

    static Optional<Party> of(TrustRoot trust, P256Key key) {
        return trust.builderWith(key)
                .map(Party::of)
                .or(() -> trust.certifierWith(key).map(c -> new Party(Role.CERTIFIER, c.id(), c.id())))
                .or(() -> trust.maintainerWith(key).map(m -> new Party(Role.MAINTAINER, m.id(), m.id())))
                .or(() -> trust.root().keys().stream()
                        .filter(rootKey -> rootKey.key().equals(key))
                        .map(RootKey::name)
                        .findFirst()
                        .map(name -> new Party(Role.ROOT, name, name)));
    }

    static Party of(TrustedBuilder builder) {
        return new Party(Role.BUILDER, builder.id().text(), builder.operator());
    }

    @Override
    public String toString() {
        return role == Role.BUILDER ? name + " (" + operator + ")" : name;
    }
}
