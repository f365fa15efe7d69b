package dev.quorate.cli.audit;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.host.HostChange;
import dev.quorate.kit.Bundle;
import dev.quorate.kit.Kit;
import dev.quorate.log.HashedRekord;
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
import java.util.function.Predicate;

/** The log's entries, the kits' bodies of them, and what follows from both. */
final class Book {
    private final TrustRoot own;
    private final Instant now;
    private final Versions versions;
    private final HostBook hosts = new HostBook();
    private final Map<Sha256, List<Leaf>> leaves = new HashMap<>();
    /** By index. */
    private final Map<Long, Said> said = new HashMap<>();
    /** By digest of a proof. */
    private final Map<Sha256, List<Long>> counted = new HashMap<>();

    private long size;
    private long strangers;

    /** @param now for uses that say no time of their own */
    Book(TrustRoot own, Instant now) {
        this.own = own;
        this.now = now;
        this.versions = new Versions(own);
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

    /** Takes a kit, after the log. */
    void take(Kit kit) {
        TrustRoot newest = TrustUpdates.of(kit, own).trust();
        versions.add(newest);
        List<Heard> all =
                kit.bundles().stream().flatMap(bundle -> heard(bundle).stream()).toList();
        strangers += kit.bundles().size() - all.size();
        all.forEach(this::note);
        hosts.take(all, newest);
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
                return Optional.of(new Heard(leaf, envelope.digest(), payload.get()));
            }
        }
        return Optional.empty();
    }

    private void note(Heard heard) {
        Said what = Said.of(heard.payload());
        if (said.put(heard.index(), what) == null) {
            what.counted()
                    .forEach(proof -> counted.computeIfAbsent(proof, digest -> new ArrayList<>())
                            .add(heard.index()));
        }
    }

    /** Every use of the log that is wanted, by index. Only signatures of wanted keys are verified. */
    List<Use> uses(Predicate<Use> wanted) {
        List<Use> uses = new ArrayList<>();
        leaves.forEach((digest, same) -> {
            for (Leaf leaf : same) {
                Use use = use(digest, leaf);
                if (wanted.test(use) && leaf.entry().isGood()) {
                    uses.add(use.with(versions.vouched(use.key())));
                }
            }
        });
        uses.sort(Comparator.comparingLong(Use::index));
        return uses;
    }

    private Use use(Sha256 digest, Leaf leaf) {
        long index = leaf.index();
        P256Key key = leaf.entry().key();
        Said body = said.getOrDefault(index, Said.UNKNOWN);
        Said what = hosts.round(index).map(body::in).orElse(body);
        Optional<HostChange> change = hosts.change(index);
        Machine machine = versions.sealed(key, what.at().orElse(now))
                .or(() -> change.map(Machine::of))
                .orElseGet(() -> hosts.machine(what.round(), key));
        return new Use(
                index,
                key,
                party(key),
                change.map(c -> c.builder().text()).orElseGet(() -> hosts.shownBy(index)),
                change.flatMap(HostChange::host).map(HostId::toString).orElse(""),
                machine,
                Vouched.NONE,
                what,
                counted.getOrDefault(digest, List.of()));
    }

    Party party(P256Key key) {
        return versions.party(key).or(() -> hosts.party(key)).orElse(Party.UNKNOWN);
    }
}
