package dev.quorate.tally;

import dev.quorate.policy.Assurance;
import dev.quorate.trust.TrustedBuilder;
import java.util.Optional;

/**
 * A trusted builder and what is known about its host in this round.
 *
 * @param host identity of the attested host, if there is evidence
 */
record Voter(TrustedBuilder builder, Assurance assurance, Optional<String> host) {
    /** A builder about whose host nothing is known. */
    static Voter unattested(TrustedBuilder builder) {
        return new Voter(builder, Assurance.NONE, Optional.empty());
    }
}
