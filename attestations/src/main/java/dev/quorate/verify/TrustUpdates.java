package dev.quorate.verify;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.intoto.Statement;
import dev.quorate.json.MalformedException;
import dev.quorate.kit.Bundle;
import dev.quorate.kit.Kit;
import dev.quorate.trust.RootKey;
import dev.quorate.trust.RootKeys;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TrustRoot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The trust root after the later versions that a kit carries. Each version follows the one before it under that one's
 * root keys and its own; whatever does not is left aside, so that a kit can make a user's trust newer and never older,
 * and nobody but the root keys can change it.
 *
 * @param trust the newest version that was reached
 * @param lines how many lines of the kit root keys signed
 * @param notes what was used and what was left aside
 */
public record TrustUpdates(TrustRoot trust, int lines, List<String> notes) {
    public TrustUpdates {
        notes = List.copyOf(notes);
    }

    /** Rolls a user's verified trust root forward. */
    public static TrustUpdates of(Kit kit, TrustRoot own) {
        var reading = new Reading(kit);
        TrustRoot current = own;
        Optional<TrustRoot> next = reading.after(current);
        while (next.isPresent()) {
            current = next.get();
            next = reading.after(current);
        }
        return new TrustUpdates(current, reading.proposals.size(), reading.notes(own, current));
    }

    /** A line by a root key; the trust root is absent if it does not have its form. */
    private record Proposal(Sha256 digest, String hint, byte[] signature, Optional<TrustRoot> trust) {}

    private static final class Reading {
        private final Map<Sha256, List<Integer>> byHint = new HashMap<>();
        private final List<Bundle> bundles;
        /** By line, in the order of lines. */
        private final Map<Integer, Proposal> proposals = new TreeMap<>();

        Reading(Kit kit) {
            bundles = kit.bundles();
            for (int i = 0; i < bundles.size(); i++) {
                byHint.computeIfAbsent(bundles.get(i).hint(), hint -> new ArrayList<>())
                        .add(i);
            }
        }

        Optional<TrustRoot> after(TrustRoot current) {
            read(current.root());
            Set<String> hints = current.root().keys().stream()
                    .map(rootKey -> rootKey.key().hint())
                    .collect(Collectors.toSet());
            // A line by another key, known by now or not, must not decide which of two versions comes first.
            List<Proposal> byCurrent = proposals.values().stream()
                    .filter(proposal -> hints.contains(proposal.hint()))
                    .toList();
            for (Proposal proposal : byCurrent) {
                Optional<TrustRoot> next = proposal.trust()
                        .filter(trust -> trust.version() == current.version() + 1)
                        .flatMap(trust -> signed(trust, proposal.digest()).verifyAfter(current));
                if (next.isPresent()) {
                    return next;
                }
            }
            return Optional.empty();
        }

        private SignedTrust signed(TrustRoot trust, Sha256 digest) {
            read(trust.root());
            Map<String, byte[]> signatures = new HashMap<>();
            proposals.values().stream()
                    .filter(proposal -> proposal.digest().equals(digest))
                    .forEach(proposal -> signatures.put(proposal.hint(), proposal.signature()));
            return new SignedTrust(trust, signatures);
        }

        /** Each line is read once: its hint names one key only. */
        private void read(RootKeys root) {
            for (RootKey rootKey : root.keys()) {
                List<Integer> lines = byHint.remove(rootKey.key().id());
                for (int line : lines == null ? List.<Integer>of() : lines) {
                    Bundle bundle = bundles.get(line);
                    bundle.envelope()
                            .verify(rootKey.key())
                            .flatMap(payload -> proposal(bundle, payload, rootKey))
                            .ifPresent(proposal -> proposals.put(line, proposal));
                }
            }
        }

        private static Optional<Proposal> proposal(Bundle bundle, VerifiedPayload payload, RootKey by) {
            Optional<TrustRoot> trust = Optional.empty();
            try {
                Statement statement = Statement.parse(payload, "kit");
                if (!statement.predicateType().equals(TrustRoot.TYPE)) {
                    return Optional.empty();
                }
                trust = Optional.of(TrustRoot.read(statement.predicate(TrustRoot.TYPE, "kit")));
            } catch (MalformedException e) {
                // It decides nothing, and the notes say that it is there.
                trust = Optional.empty();
            }
            return Optional.of(new Proposal(
                    bundle.envelope().digest(),
                    by.key().hint(),
                    bundle.envelope().signature(),
                    trust));
        }

        List<String> notes(TrustRoot own, TrustRoot reached) {
            List<String> notes = new ArrayList<>();
            if (reached.version() > own.version()) {
                notes.add("the kit carries version " + reached.version()
                        + " of the trust root, signed by the root keys of"
                        + " each version before it; it was used in place of version " + own.version());
            }
            proposals.values().stream()
                    .flatMap(proposal -> proposal.trust().stream())
                    .mapToInt(TrustRoot::version)
                    .filter(version -> version > reached.version())
                    .distinct()
                    .sorted()
                    .mapToObj(version -> "the kit carries version " + version + " of the trust root, which enough root"
                            + " keys did not sign or which does not follow version " + reached.version()
                            + "; it was left aside")
                    .forEach(notes::add);
            if (proposals.values().stream()
                    .anyMatch(proposal -> proposal.trust().isEmpty())) {
                notes.add("the kit carries a trust root by a root key that does not have its form; it was left aside");
            }
            return notes;
        }
    }
}
