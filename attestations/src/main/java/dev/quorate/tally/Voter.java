package dev.quorate.tally;

import dev.quorate.host.Judgement;
import dev.quorate.policy.Assurance;
import dev.quorate.trust.HostId;
import dev.quorate.trust.TrustedBuilder;
import java.util.Optional;

/**
 * A trusted builder and what is known about its host in this round.
 *
 * @param attested what its evidence is worth, if there is good evidence
 */
record Voter(TrustedBuilder builder, Optional<Judgement.Accepted> attested) {
    Assurance assurance() {
        return attested.map(Judgement.Accepted::assurance).orElse(Assurance.NONE);
    }

    /** Which machine it is, if that is known. */
    Optional<HostId> host() {
        return attested.map(Judgement.Accepted::host);
    }
}
