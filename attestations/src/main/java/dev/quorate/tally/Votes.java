package dev.quorate.tally;

import dev.quorate.digest.Sha256;
import dev.quorate.policy.Assurance;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.TrustedBuilder;
import java.util.Optional;

/** Writes votes down. */
final class Votes {
    private Votes() {}

    static Vote of(Voter voter, String outcome, Optional<Sha256> outputs, boolean counted, String reason) {
        TrustedBuilder builder = voter.builder();
        return new Vote(
                builder.id(),
                builder.operator(),
                builder.zone(),
                builder.cpuVendor(),
                voter.assurance(),
                voter.attested().map(AttestedHost::of),
                outcome,
                outputs,
                counted,
                reason);
    }

    static Vote stranger(BuilderId builder) {
        return new Vote(
                builder,
                "",
                "",
                "",
                Assurance.NONE,
                Optional.empty(),
                "UNTRUSTED",
                Optional.empty(),
                false,
                "is not in the trust root");
    }
}
