package dev.quorate.agent.work;

import dev.quorate.agent.protocol.Assignment;
import dev.quorate.agent.protocol.Reveal;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostJudge;
import dev.quorate.host.Judgement;
import dev.quorate.host.Occasion;
import dev.quorate.json.MalformedException;
import dev.quorate.log.CheckpointCheck;
import dev.quorate.log.CheckpointVerifier;
import dev.quorate.log.HashedRekord;
import dev.quorate.log.LogIndex;
import dev.quorate.log.MerkleProof;
import dev.quorate.log.MerkleTree;
import dev.quorate.log.NoteKey;
import dev.quorate.log.ProofCheck;
import dev.quorate.log.TreeHead;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Commitment;
import dev.quorate.round.RoundOpening;
import dev.quorate.spec.Platform;
import dev.quorate.trust.Principal;
import dev.quorate.trust.TimedKey;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks what the coordinator says against the trust root, before anything is built or revealed. */
record Skeptic(TrustRoot trust, BuilderId self, Platform platform) {
    /**
     * The opening of an assignment, if a certifier signed it and it is for this builder.
     *
     * @throws UnprovenException with the reason not to build
     */
    RoundOpening opening(Assignment assignment, Instant now) throws UnprovenException {
        if (!now.isBefore(trust.expires())) {
            throw new UnprovenException(
                    "the trust root expired at " + trust.expires() + "; give the agent a newer one");
        }
        VerifiedPayload payload = bySomeCertifier(assignment.opening());
        RoundOpening opening;
        try {
            opening = RoundOpening.parse(payload);
        } catch (MalformedException e) {
            throw new UnprovenException(e.getMessage());
        }
        if (!counts(payload.signedBy(), opening.opened(), now)) {
            throw new UnprovenException("the certifier's key did not count at " + opening.opened());
        }
        if (!opening.round().equals(assignment.lease().round())) {
            throw new UnprovenException("the opening is of the round " + opening.round());
        }
        if (!opening.builders().contains(self)) {
            throw new UnprovenException("the opening does not enrol " + self);
        }
        if (!opening.spec().platform().equals(platform)) {
            throw new UnprovenException("the spec is for " + opening.spec().platform() + ", and this is " + platform);
        }
        return opening;
    }

    /**
     * Makes sure of the evidence that speaks for fresh keys, and that the log holds this builder's commitment where it was told, and those of enough others for a quorum.
     *
     * @throws UnprovenException with the reason not to reveal
     */
    void reveal(Reveal reveal, RoundOpening opening, Envelope own, LogIndex index, Sha256 openingDigest, Instant now)
            throws UnprovenException {
        TreeHead head = head(reveal.checkpoint());
        var introduced = new ArrayList<Introduced>();
        for (Reveal.Evidence shown : reveal.evidence()) {
            Optional<HostEvidence> good = good(shown, new Occasion.OfRound(opening.round(), openingDigest), now);
            if (good.isPresent()) {
                requireLogged(shown.shown(), shown.key(), head);
                introduced.add(new Introduced(
                        shown.key(), good.get().builder(), shown.shown().index()));
            }
        }
        Set<BuilderId> builders = new HashSet<>();
        Set<LogIndex> places = new HashSet<>();
        boolean found = false;
        for (Reveal.Shown shown : reveal.commitments()) {
            Said said = bySomeBuilder(shown, introduced);
            VerifiedPayload payload = said.payload();
            BuilderId builder = committed(said, opening);
            if (!builders.add(builder) || !places.add(shown.index())) {
                throw new UnprovenException("two commitments of " + builder + " or at " + shown.index() + " are shown");
            }
            requireLogged(shown, payload.signedBy(), head);
            found |= builder.equals(self)
                    && shown.index().equals(index)
                    && shown.envelope().json().equals(own.json());
        }
        if (!found) {
            throw new UnprovenException("the commitment of this builder is not shown at " + index);
        }
        if (builders.size() < opening.policy().threshold()) {
            throw new UnprovenException(builders.size() + " builders have committed, and a quorum is "
                    + opening.policy().threshold());
        }
    }

    private TreeHead head(String checkpoint) throws UnprovenException {
        String reason = "the trust root names no log";
        for (NoteKey log : trust.logs()) {
            switch (CheckpointVerifier.unwitnessed(log).verify(checkpoint.getBytes(StandardCharsets.UTF_8))) {
                case CheckpointCheck.Verified(var verified) -> {
                    return verified.head();
                }
                case CheckpointCheck.Refused refused -> reason = refused.detail();
            }
        }
        throw new UnprovenException(reason);
    }

    private void requireLogged(Reveal.Shown shown, P256Key signer, TreeHead head) throws UnprovenException {
        byte[] leaf =
                HashedRekord.leaf(shown.envelope().digest(), shown.envelope().signature(), signer.spki());
        ProofCheck check = MerkleProof.inclusion(shown.index(), MerkleTree.leafHash(leaf), head, shown.inclusion());
        if (!check.isProven()) {
            throw new UnprovenException("what is shown at " + shown.index() + " is not proven to be logged: " + check);
        }
    }

    private BuilderId committed(Said said, RoundOpening opening) throws UnprovenException {
        try {
            Commitment commitment = Commitment.parse(said.payload());
            BuilderId holder = said.holder();
            boolean fits = commitment.round().equals(opening.round())
                    && commitment.spec().equals(opening.digest())
                    && commitment.builder().equals(holder)
                    && opening.builders().contains(holder);
            if (!fits) {
                throw new UnprovenException("a commitment of another round, spec or builder is shown");
            }
            return holder;
        } catch (MalformedException e) {
            throw new UnprovenException(e.getMessage());
        }
    }

    /** A fresh key that good evidence speaks for, from an index of the log on. */
    private record Introduced(P256Key key, BuilderId builder, LogIndex from) {}

    private record Said(VerifiedPayload payload, BuilderId holder) {}

    private Said bySomeBuilder(Reveal.Shown shown, List<Introduced> introduced) throws UnprovenException {
        for (TrustedBuilder builder : trust.builders()) {
            for (TimedKey timed : builder.keys()) {
                Optional<VerifiedPayload> payload = shown.envelope().verify(timed.key());
                if (payload.isPresent()) {
                    return new Said(payload.get(), builder.id());
                }
            }
        }
        for (Introduced fresh : introduced) {
            Optional<VerifiedPayload> payload = shown.envelope().verify(fresh.key());
            if (payload.isPresent() && fresh.from().value() < shown.index().value()) {
                return new Said(payload.get(), fresh.builder());
            }
        }
        throw new UnprovenException("a commitment is shown that no known builder or host has signed");
    }

    private Optional<HostEvidence> good(Reveal.Evidence shown, Occasion occasion, Instant now) {
        Optional<VerifiedPayload> payload = shown.shown().envelope().verify(shown.key());
        if (payload.isEmpty()) {
            return Optional.empty();
        }
        try {
            HostEvidence evidence = HostEvidence.parse(payload.get());
            return new HostJudge(trust, now).judge(evidence, shown.key(), occasion) instanceof Judgement.Accepted
                    ? Optional.of(evidence)
                    : Optional.empty();
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private VerifiedPayload bySomeCertifier(Envelope envelope) throws UnprovenException {
        return trust.certifiers().stream()
                .map(Principal::keys)
                .flatMap(List::stream)
                .flatMap(timed -> envelope.verify(timed.key()).stream())
                .findFirst()
                .orElseThrow(() -> new UnprovenException("no certifier of the trust root has signed the opening"));
    }

    private boolean counts(P256Key key, Instant then, Instant now) {
        Optional<TimedKey> timed = trust.certifierWith(key).flatMap(certifier -> certifier.key(key));
        return timed.isPresent() && timed.get().isValidAt(then) && !trust.isRevoked(key, now);
    }
}
