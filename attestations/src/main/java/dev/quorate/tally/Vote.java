package dev.quorate.tally;

import dev.quorate.digest.Sha256;
import dev.quorate.policy.Assurance;
import dev.quorate.round.BuilderId;
import java.util.Optional;

/**
 * What became of one enrolled builder's vote.
 *
 * @param operator empty if the builder is not in the trust root; likewise zone and CPU vendor
 * @param host the machine behind it, if good evidence shows one
 * @param outcome {@code BUILT}, a failure class, {@code EQUIVOCATED}, {@code UNREVEALED}, {@code UNATTESTED} or
 *     {@code SILENT}
 * @param outputs digest of the output set it proved
 * @param reason why it counts or not, for a person
 */
public record Vote(
        BuilderId builder,
        String operator,
        String zone,
        String cpuVendor,
        Assurance assurance,
        Optional<AttestedHost> host,
        String outcome,
        Optional<Sha256> outputs,
        boolean counted,
        String reason) {}
