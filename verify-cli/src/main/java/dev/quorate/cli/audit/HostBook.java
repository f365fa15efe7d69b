package dev.quorate.cli.audit;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.host.HostChange;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostJudge;
import dev.quorate.host.Occasion;
import dev.quorate.json.MalformedException;
import dev.quorate.round.RoundOpening;
import dev.quorate.trust.TrustRoot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the kits say of hosts, all of it judged again. */
final class HostBook {
    /** What a key has shown in a round; outside of any, the round's name is empty. */
    private record Showing(String round, P256Key key) {}

    private final Map<Showing, Machine> machines = new HashMap<>();
    private final Map<P256Key, Party> vouchedFor = new HashMap<>();
    /** By index. */
    private final Map<Long, HostChange> changes = new HashMap<>();
    /** Builders by the index of what their hosts showed for admission. */
    private final Map<Long, String> shownBy = new HashMap<>();
    /** Rounds by the index of the evidence that was for them. */
    private final Map<Long, String> rounds = new HashMap<>();

    /** Takes what a kit has that is in the log. */
    void take(List<Heard> kit, TrustRoot trust) {
        for (Heard heard : kit) {
            try {
                if (trust.certifierWith(heard.signedBy()).isEmpty()) {
                    continue;
                } else if (heard.isOf(RoundOpening.TYPE)) {
                    opened(RoundOpening.parse(heard.payload()), heard.digest(), kit, trust);
                } else if (heard.isOf(HostChange.TYPE)) {
                    changed(HostChange.parse(heard.payload()), heard.index(), kit, trust);
                }
            } catch (MalformedException e) {
                // What has not its form opens and changes nothing.
                continue;
            }
        }
    }

    /** Evidence is for the round whose opening is in the same kit, and is judged at that opening's time. */
    private void opened(RoundOpening opening, Sha256 digest, List<Heard> kit, TrustRoot trust) {
        var judge = new HostJudge(trust, opening.opened());
        var occasion = new Occasion.OfRound(opening.round(), digest);
        for (Heard heard : kit) {
            evidence(heard).ifPresent(shown -> {
                judge(judge, shown, heard.signedBy(), occasion, opening.round().text());
                rounds.put(heard.index(), opening.round().text());
            });
        }
    }

    /** What a certifier says of a host, and the evidence for it, which is judged at the time that it gives. */
    private void changed(HostChange change, long index, List<Heard> kit, TrustRoot trust) {
        changes.put(index, change);
        var judge = new HostJudge(trust, change.at());
        for (Heard heard : kit) {
            if (heard.digest().equals(change.evidence())) {
                evidence(heard).ifPresent(shown -> {
                    shownBy.put(heard.index(), shown.builder().text());
                    judge(judge, shown, heard.signedBy(), shown.occasion(), "");
                });
            }
        }
    }

    private static Optional<HostEvidence> evidence(Heard heard) {
        try {
            return heard.isOf(HostEvidence.TYPE) ? Optional.of(HostEvidence.parse(heard.payload())) : Optional.empty();
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private void judge(HostJudge judge, HostEvidence evidence, P256Key key, Occasion occasion, String round) {
        Machine machine = Machine.of(evidence, judge.judge(evidence, key, occasion));
        boolean accepted = !machine.isRefused();
        var showing = new Showing(round, key);
        if (accepted || !machines.containsKey(showing)) {
            machines.put(showing, machine);
        }
        if (accepted) {
            judge.trust().builder(evidence.builder()).ifPresent(builder -> vouchedFor.put(key, Party.of(builder)));
        }
    }

    /** What the entry at an index says of a host's standing. */
    Optional<HostChange> change(long index) {
        return Optional.ofNullable(changes.get(index));
    }

    /** Whose host it was that showed the entry at an index for admission; empty if it is no such entry. */
    String shownBy(long index) {
        return shownBy.getOrDefault(index, "");
    }

    /** The round that the evidence at an index was for. */
    Optional<String> round(long index) {
        return Optional.ofNullable(rounds.get(index));
    }

    /** Where a key was used in a round. */
    Machine machine(String round, P256Key key) {
        return machines.getOrDefault(new Showing(round, key), Machine.NONE);
    }

    /** Whose a key is that accepted evidence vouches for. */
    Optional<Party> party(P256Key key) {
        return Optional.ofNullable(vouchedFor.get(key));
    }
}
