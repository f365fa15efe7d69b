package dev.quorate.tally;

import dev.quorate.dsse.P256Key;
import dev.quorate.host.HostChange;
import dev.quorate.host.HostState;
import dev.quorate.json.Printable;
import dev.quorate.policy.Assurance;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.Principal;
import dev.quorate.trust.TimedKey;
import dev.quorate.trust.TrustRoot;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Hosts that a round's own certifier says were lost. That is its word: it tells why a vote may be missing, so that nobody
 * has to ask, and neither makes a vote count nor takes one away (docs/formats.md, 6).
 */
final class Losses {
    private final TrustRoot trust;
    private final RoundRecord record;
    private final List<Logged<HostChange>> heard;

    Losses(TrustRoot trust, RoundRecord record) {
        this.trust = trust;
        this.record = record;
        // Who asks for no hosts keeps nobody out for one.
        boolean asks = record.opening().value().policy().hosts() != Assurance.NONE;
        this.heard = asks
                ? record.changes().stream()
                        .filter(change -> isOpeners(change.signedBy()))
                        .toList()
                : List.of();
    }

    private boolean isOpeners(P256Key key) {
        Optional<Principal> opener = trust.certifierWith(record.opening().signedBy());
        return opener.flatMap(certifier -> certifier.key(key))
                        .filter((TimedKey timed) -> timed.isValidAt(record.time()))
                        .isPresent()
                && !trust.isRevoked(key, record.time());
    }

    /** What is said of a builder's host, as the end of a sentence, if the last of it is that the host was lost. */
    Optional<String> of(BuilderId builder) {
        return heard.stream()
                .filter(change -> change.value().builder().equals(builder))
                .max(Comparator.comparingLong(Logged::index))
                .filter(change -> change.value().state() == HostState.LOST)
                .map(lost -> "the coordinator says that it lost the host (log entry " + lost.index() + "): "
                        + Printable.of(lost.value().reason()));
    }
}
