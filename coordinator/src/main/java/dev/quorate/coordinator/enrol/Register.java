package dev.quorate.coordinator.enrol;

import dev.quorate.round.BuilderId;
import dev.quorate.trust.TrustRoot;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;

/**
 * Who may enrol a host, and under which name.
 *
 * @param makers certificates that issue endorsement certificates, or issue those that do
 * @param trust the one in force, which says which names are taken
 */
public record Register(List<X509Certificate> makers, Supplier<TrustRoot> trust) {
    public Register {
        makers = List.copyOf(makers);
    }

    /** Whether the trust root names a builder. */
    boolean knows(BuilderId builder) {
        return trust.get().builder(builder).isPresent();
    }
}
