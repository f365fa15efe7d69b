package dev.quorate.agent.work;

import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.Signer;
import dev.quorate.export.BuilderLink;
import dev.quorate.export.Functionary;
import dev.quorate.intoto.Statement;
import dev.quorate.log.LogIndex;
import dev.quorate.proof.BuildProof;
import dev.quorate.proof.Dependency;
import dev.quorate.proof.Outcome;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Commitment;
import dev.quorate.round.RoundOpening;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes down and signs what this builder says. */
record Scribe(BuilderId self, Signer signer, Optional<Functionary> links, Optional<Envelope> evidence) {
    Scribe(BuilderId self, Signer signer, Optional<Functionary> links) {
        this(self, signer, links, Optional.empty());
    }

    /** The same builder with another key. */
    Scribe with(Voice voice) {
        return new Scribe(self, voice.signer(), links, voice.introduction().map(Introduction::evidence));
    }

    /** The binding word on a result. */
    Envelope commitment(RoundOpening opening, Result result) throws IOException {
        Commitment commitment = Commitment.to(
                opening.digest(),
                opening.round(),
                self,
                result.nonce(),
                result.outcome().digest());
        return sign(commitment.statement());
    }

    /** The proof of a result that was committed to. */
    Envelope proof(RoundOpening opening, Result result, LogIndex commitment) throws IOException {
        return sign(linked(proof(opening, result, OptionalLong.of(commitment.value())))
                .statement());
    }

    /** The proof of a failure that is no vote. */
    Envelope excuse(RoundOpening opening, Result result) throws IOException {
        return sign(proof(opening, result, OptionalLong.empty()).statement());
    }

    private BuildProof linked(BuildProof proof) {
        if (links.isPresent() && proof.outcome() instanceof Outcome.Built built) {
            return proof.with(new BuilderLink(built.outputs()).sign(links.get()));
        }
        return proof;
    }

    private BuildProof proof(RoundOpening opening, Result result, OptionalLong commitment) {
        var proof = new BuildProof(
                opening.digest(),
                opening.round(),
                self,
                result.outcome(),
                result.nonce(),
                commitment,
                Dependency.of(opening.spec()),
                result.log().sha256(),
                result.environment().sha256(),
                result.started(),
                result.finished());
        return evidence.map(shown -> proof.on(shown.digest())).orElse(proof);
    }

    private Envelope sign(Statement statement) throws IOException {
        try {
            return Envelope.sign(statement.bytes(), signer);
        } catch (GeneralSecurityException e) {
            throw new IOException("the signing key cannot be used: " + e.getMessage(), e);
        }
    }
}
