package dev.quorate.it.sim;

import dev.quorate.coordinator.desk.TrustChange;
import dev.quorate.coordinator.desk.TrustLines;
import dev.quorate.coordinator.log.SteppedLog;
import dev.quorate.coordinator.round.Filed;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.intoto.Statement;
import dev.quorate.intoto.Subject;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import dev.quorate.log.HashedRekord;
import dev.quorate.round.RoundId;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TrustRoot;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Does with later trust roots what the desk does, in its order: the root keys' signatures in the log, the version in the
 * store, in use; then step by step the notices of revocations, the open rounds, the counted ones, and the mark that nothing
 * is left. What the change touches and what it leaves of a count is decided by the desk's own functions.
 */
final class SimulatedTrust {
    private final EventStore store;
    private final SteppedLog log;
    private final Set<RoundId> looked = new HashSet<>();
    private Optional<TrustChange> begun = Optional.empty();

    /** What the coordinator does to its rounds in a review. */
    interface Rounds {
        /** Takes one builder off an open round, if there is one to take off. */
        boolean bar(TrustChange change) throws IOException;

        /** Looks at one count again. */
        void review(RoundId round, TrustChange change) throws IOException;

        List<RoundId> counted();
    }

    /** Starts with what is in the store, which is the first version where there is none. */
    SimulatedTrust(EventStore store, SteppedLog log, SignedTrust first) throws IOException {
        this.store = store;
        this.log = log;
        if (store.archive().versions().isEmpty()) {
            store.transact(() -> {
                store.archive().add(first);
                store.archive().reviewed(1);
            });
        }
        for (SignedTrust version : store.archive().versions()) {
            enter(version, store.archive().versions());
        }
    }

    TrustRoot current() {
        return store.archive().versions().getLast().trust();
    }

    /** Takes the next version, or the one in force again; says whether it did. */
    boolean push(SignedTrust next) throws IOException {
        if (next.trust().equals(current())) {
            return true;
        } else if (next.verifyAfter(current()).isEmpty()) {
            return false;
        }
        List<SignedTrust> all = new java.util.ArrayList<>(store.archive().versions());
        all.add(next);
        enter(next, all);
        store.transact(() -> store.archive().add(next));
        return true;
    }

    private void enter(SignedTrust version, List<SignedTrust> versions) throws IOException {
        for (TrustLines.Line line : TrustLines.of(version, versions).lines()) {
            log.append(leaf(line.envelope(), line.signedBy()));
        }
    }

    static byte[] leaf(Envelope envelope, P256Key signedBy) {
        return HashedRekord.leaf(envelope.digest(), envelope.signature(), signedBy.spki());
    }

    /** Does the next step of a review, if one is to be done. */
    void step(Rounds rounds) throws IOException {
        if (begun.isEmpty() && store.archive().isPending()) {
            begun = Optional.of(new TrustChange(store.archive().reviewed().trust(), current()));
        }
        if (begun.isPresent()) {
            step(rounds, begun.get());
        }
    }

    private void step(Rounds rounds, TrustChange change) throws IOException {
        for (Revocation revocation : change.revoked()) {
            String subject = subject(change.after(), revocation);
            if (store.archive().notice(subject).isEmpty()) {
                notice(subject, revoked(change.after(), revocation));
                return;
            }
            // Kept before a crash and perhaps not logged: the same leaf is found, or it is entered now.
            log.append(leaf(store.archive().notice(subject).get(), Cast.CERTIFIER_KEY.publicKey()));
        }
        if (rounds.bar(change)) {
            return;
        }
        for (RoundId round : rounds.counted()) {
            if (looked.add(round)) {
                rounds.review(round, change);
                return;
            }
        }
        store.transact(() -> store.archive().reviewed(change.after().version()));
        begun = Optional.empty();
        looked.clear();
    }

    /** The statement that a version's revocation is filed under. */
    static String subject(TrustRoot trust, Revocation revocation) {
        return trust.version() + " revocation "
                + CanonicalJson.digest(revocation.json()).hex();
    }

    /** The name that a round's review under a version is filed under. */
    static String subject(TrustRoot trust, RoundId round) {
        return trust.version() + " round " + round.text();
    }

    /** Signs and keeps, or finds, a notice, and has the log hold it. */
    Filed notice(String subject, Statement statement) throws IOException {
        Optional<Envelope> kept = store.archive().notice(subject);
        Envelope notice = kept.isPresent() ? kept.get() : Cast.sign(statement, Cast.CERTIFIER_KEY);
        if (kept.isEmpty()) {
            store.transact(() -> store.archive().add(subject, notice));
        }
        return new Filed(notice.digest(), log.append(leaf(notice, Cast.CERTIFIER_KEY.publicKey())));
    }

    private static Statement revoked(TrustRoot trust, Revocation revocation) {
        Sha256 digest = CanonicalJson.digest(revocation.json());
        Json.Obj predicate = Json.object()
                .put("revocation", revocation.json())
                .put("trust", trust.version())
                .build();
        return new Statement(
                List.of(new Subject("revocation", digest)), "https://quorate.dev/revocation/v1", predicate);
    }
}
