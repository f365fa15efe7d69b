package dev.quorate.it.sim;

import dev.quorate.coordinator.log.SteppedLog;
import dev.quorate.coordinator.store.KeptNotice;
import dev.quorate.coordinator.store.Standing;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostJudge;
import dev.quorate.host.HostState;
import dev.quorate.host.Judgement;
import dev.quorate.host.Occasion;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Nonce;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedHost;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What must be true of what hosts show and lose, by the book of what they really quoted. */
final class HostCheck {
    private final Quotes quotes;
    private final boolean asked;
    private final Set<BuilderId> shownBad = new HashSet<>();
    private final Map<BuilderId, Instant> admitted = new HashMap<>();
    private final List<Sha256> notices = new ArrayList<>();
    private long nonces;

    HostCheck(Quotes quotes, boolean asked) {
        this.quotes = quotes;
        this.asked = asked;
    }

    /** What a coordinator draws at random: never the same twice in a run, and not by chance. */
    Nonce random() {
        return Nonce.of(Sha256.of("nonce " + nonces++).bytes());
    }

    /** I1: evidence is good just where it is the word of an enrolled machine in a good state. */
    void judged(HostEvidence said, P256Key key, Occasion occasion, HostJudge judge, Judgement judgement) {
        boolean good = quotes.isGood(said, key, occasion, judge.trust(), judge.time());
        if (good != judgement instanceof Judgement.Accepted) {
            throw new Violation("I1", "evidence that is " + (good ? "good" : "not good") + " is judged " + judgement);
        }
        if (!good) {
            shownBad.add(said.builder());
        }
    }

    /** I13: no host is called lost that showed nothing bad and is the trust root's. */
    void stands(Standing next, TrustRoot trust) {
        admitted.remove(next.builder());
        boolean named = trust.builder(next.builder()).stream()
                .flatMap(builder -> builder.hosts().stream())
                .filter(host -> next.host().equals(Optional.of(host.id())))
                .anyMatch(host -> !trust.isRevoked(host.id(), next.at())
                        && !trust.isRevoked(((TrustedHost.Tpm2) host).ak(), next.at()));
        if (next.state() == HostState.LOST && named && !shownBad.contains(next.builder())) {
            throw new Violation("I13", "a host that showed nothing bad is lost: " + next);
        }
    }

    void admitted(Standing standing) {
        admitted.put(standing.builder(), standing.until());
    }

    /** I13: where hosts are asked for, work goes to those alone that have shown themselves. */
    void leased(BuilderId builder, Instant now) {
        if (asked && !now.isBefore(admitted.getOrDefault(builder, Instant.MIN))) {
            throw new Violation("I13", builder + " has work, and its host was not admitted");
        }
    }

    /** I13: a change that was signed is there after every crash, as it was, and is in the log where it is said to be. */
    void requireKept(HostArchive archive, SteppedLog log) {
        List<Sha256> kept = archive.notices().stream()
                .map(notice -> notice.notice().notice().digest())
                .toList();
        if (kept.size() < notices.size() || !kept.subList(0, notices.size()).equals(notices)) {
            throw new Violation("I13", "a notice of a host is lost or another");
        }
        notices.addAll(kept.subList(notices.size(), kept.size()));
        for (KeptNotice notice : archive.notices()) {
            Envelope envelope = notice.notice().notice();
            Optional<Long> place = log.find(SimulatedTrust.leaf(envelope, Cast.CERTIFIER_KEY.publicKey()));
            if (notice.index().isPresent()
                    && !place.equals(Optional.of(notice.index().getAsLong()))) {
                throw new Violation("I13", "the log does not hold a notice at " + notice.index());
            }
        }
    }

    /** I13: in the end the log was told of every change, of the evidence before the notice. */
    void requireTold(HostArchive archive, SteppedLog log) {
        for (KeptNotice notice : archive.notices()) {
            OptionalLong index = notice.index();
            boolean shown = notice.notice()
                    .evidence()
                    .map(e -> log.find(SimulatedTrust.leaf(e.envelope(), e.key())))
                    .map(place -> place.isPresent() && index.isPresent() && place.get() < index.getAsLong())
                    .orElse(true);
            if (index.isEmpty() || !shown) {
                throw new Violation("I13", "the log was not told of a change: " + notice);
            }
        }
    }
}
