package dev.quorate.cli.audit;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.host.HostChange;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostJudge;
import dev.quorate.host.HostRefusal;
import dev.quorate.host.Occasion;
import dev.quorate.host.SealJudge;
import dev.quorate.host.SealJudgement;
import dev.quorate.identity.VouchedKey;
import dev.quorate.identity.VoucherJudge;
import dev.quorate.intoto.Statement;
import dev.quorate.json.MalformedException;
import dev.quorate.kit.Bundle;
import dev.quorate.kit.Kit;
import dev.quorate.log.HashedRekord;
import dev.quorate.round.RoundOpening;
import dev.quorate.trust.HostId;
import dev.quorate.trust.TrustRoot;
import dev.quorate.verify.TrustUpdates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The log's entries, the kits' bodies of them, and what follows from both. */
final class Book {
    private final TrustRoot own;
    private final Instant now;
    private final Map<Sha256, List<Leaf>> leaves = new HashMap<>();
    /** By index. */
    private final Map<Long, Said> said = new TreeMap<>();
    /** By digest of a proof. */
    private final Map<Sha256, List<Long>> counted = new HashMap<>();
    /** By round and key. */
    private final Map<String, Machine> machines = new HashMap<>();

    /** By index. */
    private final Map<Long, HostChange> changes = new HashMap<>();
    /** Builders by the index of what their hosts showed for admission. */
    private final Map<Long, String> shownBy = new HashMap<>();

    private final Map<P256Key, Party> vouchedFor = new HashMap<>();
    private final List<TrustRoot> versions = new ArrayList<>();
    private final VoucherJudge judge = VoucherJudge.present();
    private final Map<P256Key, Vouched> vouched = new HashMap<>();
    private long size;
    private long strangers;

    /** @param now for uses that say no time of their own */
    Book(TrustRoot own, Instant now) {
        this.own = own;
        this.now = now;
        versions.add(own);
    }

    /** Takes the log's next entry. */
    void enter(byte[] entry) {
        long index = size++;
        HashedRekord.read(entry)
                .ifPresent(read -> leaves.computeIfAbsent(read.signed(), digest -> new ArrayList<>())
                        .add(new Leaf(index, read)));
    }

    long size() {
        return size;
    }

    /** How many lines of kits are no entries of the log. */
    long strangers() {
        return strangers;
    }

    private record Heard(Bundle bundle, Leaf leaf, VerifiedPayload payload) {}

    /** Takes a kit, after the log. */
    void take(Kit kit) {
        TrustRoot newest = TrustUpdates.of(kit, own).trust();
        versions.add(newest);
        List<Heard> all = new ArrayList<>();
        for (Bundle bundle : kit.bundles()) {
            Optional<Heard> heard = heard(bundle);
            heard.ifPresent(all::add);
            strangers += heard.isPresent() ? 0 : 1;
        }
        for (Heard heard : all) {
            Said what = Said.of(heard.payload());
            if (said.put(heard.leaf().index(), what) == null) {
                what.counted()
                        .forEach(proof -> counted.computeIfAbsent(proof, digest -> new ArrayList<>())
                                .add(heard.leaf().index()));
            }
        }
        judge(all, newest);
        changes(all, newest);
    }

    /** The line as its entry in the log has it. */
    private Optional<Heard> heard(Bundle bundle) {
        Envelope envelope = bundle.envelope();
        for (Leaf leaf : leaves.getOrDefault(envelope.digest(), List.of())) {
            HashedRekord.Entry entry = leaf.entry();
            boolean same =
                    entry.key().id().equals(bundle.hint()) && Arrays.equals(entry.signature(), envelope.signature());
            Optional<VerifiedPayload> payload = same ? envelope.verify(entry.key()) : Optional.empty();
            if (payload.isPresent()) {
                return Optional.of(new Heard(bundle, leaf, payload.get()));
            }
        }
        return Optional.empty();
    }

    /** Evidence is for the round whose opening is in the same kit, and is judged at that opening's time. */
    private void judge(List<Heard> all, TrustRoot trust) {
        for (Heard heard : all) {
            if (!isOf(heard, RoundOpening.TYPE)) {
                continue;
            }
            try {
                RoundOpening opening = RoundOpening.parse(heard.payload());
                if (trust.certifierWith(heard.payload().signedBy()).isPresent()) {
                    var occasion = new Occasion.OfRound(
                            opening.round(), heard.bundle().envelope().digest());
                    judge(all, new HostJudge(trust, opening.opened()), occasion);
                }
            } catch (MalformedException e) {
                // An opening without its form opens no round that evidence could be for.
                continue;
            }
        }
    }

    private void judge(List<Heard> all, HostJudge judge, Occasion.OfRound occasion) {
        for (Heard heard : all) {
            if (!isOf(heard, HostEvidence.TYPE)) {
                continue;
            }
            try {
                HostEvidence evidence = HostEvidence.parse(heard.payload());
                judge(
                        judge,
                        evidence,
                        heard.payload().signedBy(),
                        occasion,
                        occasion.round().text());
                said.computeIfPresent(
                        heard.leaf().index(),
                        (index, what) -> new Said(
                                what.kind(),
                                what.time(),
                                occasion.round().text(),
                                what.about(),
                                what.vouched(),
                                what.counted()));
            } catch (MalformedException e) {
                // What has not its form vouches for nothing.
                continue;
            }
        }
    }

    private void judge(HostJudge judge, HostEvidence evidence, P256Key key, Occasion occasion, String round) {
        Machine machine = Machine.of(evidence, judge.judge(evidence, key, occasion));
        boolean accepted = !machine.host().equals("refused");
        String place = round + key;
        if (accepted || !machines.containsKey(place)) {
            machines.put(place, machine);
        }
        if (accepted) {
            judge.trust()
                    .builder(evidence.builder())
                    .ifPresent(builder -> vouchedFor.put(
                            key, new Party(Party.Role.BUILDER, builder.id().text(), builder.operator())));
        }
    }

    /** What a certifier says of a host, and the evidence for it, which is judged again at the time that it gives. */
    private void changes(List<Heard> all, TrustRoot trust) {
        for (Heard heard : all) {
            if (!isOf(heard, HostChange.TYPE)
                    || trust.certifierWith(heard.payload().signedBy()).isEmpty()) {
                continue;
            }
            try {
                HostChange change = HostChange.parse(heard.payload());
                changes.put(heard.leaf().index(), change);
                for (Heard shown : all) {
                    if (shown.bundle().envelope().digest().equals(change.evidence())
                            && isOf(shown, HostEvidence.TYPE)) {
                        HostEvidence evidence = HostEvidence.parse(shown.payload());
                        shownBy.put(shown.leaf().index(), evidence.builder().text());
                        judge(
                                new HostJudge(trust, change.at()),
                                evidence,
                                shown.payload().signedBy(),
                                evidence.occasion(),
                                "");
                    }
                }
            } catch (MalformedException e) {
                // What has not its form changes nothing.
                continue;
            }
        }
    }

    private static boolean isOf(Heard heard, String type) {
        try {
            return Statement.parse(heard.payload(), "statement").predicateType().equals(type);
        } catch (MalformedException e) {
            return false;
        }
    }

    /** Every use of the log that is wanted, by index. Only signatures of wanted keys are verified. */
    List<Use> uses(Predicate<Use> wanted) {
        List<Use> uses = new ArrayList<>();
        leaves.forEach((digest, same) -> {
            for (Leaf leaf : same) {
                Use use = use(digest, leaf);
                if (wanted.test(use) && leaf.entry().isGood()) {
                    uses.add(use.with(vouched.computeIfAbsent(use.key(), this::vouched)));
                }
            }
        });
        uses.sort(Comparator.comparingLong(Use::index));
        return uses;
    }

    private Use use(Sha256 digest, Leaf leaf) {
        Said what = said.getOrDefault(leaf.index(), Said.UNKNOWN);
        P256Key key = leaf.entry().key();
        Optional<HostChange> change = Optional.ofNullable(changes.get(leaf.index()));
        Machine machine = sealed(key, what)
                .or(() -> change.map(Machine::of))
                .orElseGet(() -> machines.getOrDefault(what.round() + key, Machine.NONE));
        String builder = change.map(c -> c.builder().text()).orElseGet(() -> shownBy.getOrDefault(leaf.index(), ""));
        String about = change.flatMap(HostChange::host).map(HostId::toString).orElse("");
        return new Use(
                leaf.index(),
                key,
                party(key),
                builder,
                about,
                machine,
                Vouched.NONE,
                what,
                counted.getOrDefault(digest, List.of()));
    }

    /** By the newest version that names the key; what any version revokes is revoked. */
    private Optional<Machine> sealed(P256Key key, Said what) {
        Instant time = what.at().orElse(now);
        return versions.reversed().stream()
                .filter(version -> Party.of(version, key).isPresent())
                .findFirst()
                .flatMap(version -> new SealJudge(version, time).judge(key))
                .map(judgement -> judgement instanceof SealJudgement.Sealed sealed
                                && versions.stream().anyMatch(version -> version.isRevoked(sealed.host(), time))
                        ? Machine.refused(HostRefusal.HOST_REVOKED)
                        : Machine.of(judgement));
    }

    /** By the newest version that names the key; only a wanted key's is judged. */
    private Vouched vouched(P256Key key) {
        return versions.reversed().stream()
                .filter(version -> version.builderWith(key).isPresent())
                .findFirst()
                .flatMap(version -> VouchedKey.judged(version, key, judge))
                .map(Vouched::of)
                .orElse(Vouched.NONE);
    }

    Party party(P256Key key) {
        return versions.reversed().stream()
                .map(version -> Party.of(version, key))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> vouchedFor.getOrDefault(key, Party.UNKNOWN));
    }
}
