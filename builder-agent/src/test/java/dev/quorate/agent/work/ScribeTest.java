package dev.quorate.agent.work;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quorate.agent.fixture.TestRound;
import dev.quorate.agent.fixture.Village;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.Signer;
import dev.quorate.log.LogIndex;
import dev.quorate.proof.FailureClass;
import dev.quorate.proof.Outcome;
import dev.quorate.round.Nonce;
import dev.quorate.round.RoundOpening;
import dev.quorate.spec.RelativePath;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScribeTest {
    private static final KeptFile FILE = new KeptFile(RelativePath.parse("log"), Sha256.of("log"));
    private static final Result RESULT = new Result(
            new Outcome.Failed(FailureClass.BUILD_FAILED, "exit 1"),
            Nonce.of(new byte[32]),
            FILE,
            FILE,
            RelativePath.parse("out"),
            Village.NOW,
            Village.NOW);

    private final Village village = new Village();
    private final RoundOpening opening = village.openingOf(TestRound.ROUND, List.of(TestRound.SELF));
    private final Scribe scribe = new Scribe(TestRound.SELF, village.builder(TestRound.SELF), Optional.empty());

    private Optional<Sha256> evidence(Scribe writing, Signer signer) throws Exception {
        Envelope proof = writing.proof(opening, RESULT, new LogIndex(3));
        return village.read(proof.verify(signer.publicKey()).orElseThrow()).evidence();
    }

    @Test
    void aProofNamesTheEvidenceOfTheHostWhoseKeySignsIt() throws Exception {
        Signer fresh = Village.signer();
        Envelope shown = village.opening(TestRound.ROUND, List.of(TestRound.SELF));
        var voice = new Voice(fresh, Optional.of(new Introduction(fresh.publicKey(), shown)));
        assertEquals(Optional.of(shown.digest()), evidence(scribe.with(voice), fresh));
        assertEquals(Optional.empty(), evidence(scribe, village.builder(TestRound.SELF)));
    }
}
