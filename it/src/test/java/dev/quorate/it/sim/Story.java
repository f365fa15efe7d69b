package dev.quorate.it.sim;

import dev.quorate.coordinator.store.EnvelopeKind;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.Signer;
import dev.quorate.proof.BuildProof;
import dev.quorate.proof.Dependency;
import dev.quorate.proof.Outcome;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Commitment;
import dev.quorate.round.Nonce;
import dev.quorate.round.RoundId;
import dev.quorate.round.RoundOpening;
import dev.quorate.tally.RoundRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A round that is told line by line, true or not: what the oracle's checks are tried on. */
final class Story {
    private static final Nonce NONCE = Nonce.of(new byte[32]);
    private final RoundOpening opening;
    private final List<Testimony> lines = new ArrayList<>();

    Story(Setting setting, List<BuilderId> builders) {
        this(RoundOpening.of(
                RoundId.ofRandom(new byte[16]), setting.specs().getFirst(), setting.policy(), builders, Cast.START));
    }

    Story(RoundOpening opening) {
        this.opening = opening;
        say(EnvelopeKind.OPENING, Cast.sign(opening.statement(), Cast.CERTIFIER_KEY), Cast.CERTIFIER_KEY, opening);
    }

    RoundOpening opening() {
        return opening;
    }

    Testimony commits(BuilderId builder, Outcome outcome) {
        var said = Commitment.to(opening.digest(), opening.round(), builder, NONCE, outcome.digest());
        return say(EnvelopeKind.COMMITMENT, said.statement(), builder, said);
    }

    Testimony reveals(BuilderId builder, Outcome outcome, long commitment) {
        var said = new BuildProof(
                opening.digest(),
                opening.round(),
                builder,
                outcome,
                NONCE,
                OptionalLong.of(commitment),
                Dependency.of(opening.spec()),
                Sha256.of("log"),
                Sha256.of("environment"),
                Cast.START,
                Cast.START);
        return say(EnvelopeKind.PROOF, said.statement(), builder, said);
    }

    /** Everybody commits, then everybody reveals. */
    Story vote(Outcome outcome) {
        List<Testimony> commitments =
                opening.builders().stream().map(b -> commits(b, outcome)).toList();
        for (int i = 0; i < commitments.size(); i++) {
            reveals(opening.builders().get(i), outcome, commitments.get(i).index());
        }
        return this;
    }

    private Testimony say(EnvelopeKind kind, dev.quorate.intoto.Statement statement, BuilderId builder, Object value) {
        Signer signer = Cast.BUILDERS.get(builder);
        return say(kind, Cast.sign(statement, signer), signer, value);
    }

    private Testimony say(EnvelopeKind kind, Envelope envelope, Signer signer, Object value) {
        var line = Testimony.of(kind, envelope, signer.publicKey(), value).at(lines.size());
        lines.add(line);
        return line;
    }

    /** Everything that was said. */
    List<Testimony> lines() {
        return List.copyOf(lines);
    }

    RoundRecord record() {
        return new RoundRecord(
                Testimony.opening(lines), Testimony.commitments(lines), Testimony.proofs(lines), Cast.START);
    }
}
