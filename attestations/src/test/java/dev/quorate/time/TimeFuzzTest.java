package dev.quorate.time;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.quorate.dsse.Base64Text;
import dev.quorate.fixture.TimeStamper;
import dev.quorate.fixture.Vectors;
import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.json.Fields;
import dev.quorate.json.MalformedException;
import dev.quorate.kit.Bundle;
import java.math.BigInteger;
import java.util.List;

class TimeFuzzTest implements Fuzzed {
    @Override
    public List<Target> targets() throws MalformedException {
        Bundle certificate = Vectors.bundles("time_token_ok").getLast();
        byte[] token = certificate.timestamps().getFirst();
        byte[] signature = Fields.of(certificate.envelope().json(), "seed")
                .objects("signatures", 1, fields -> fields.string("sig", Base64Text::decode))
                .getFirst();
        var verifier = new TokenVerifier(
                signature, Vectors.trust("time_token_ok").trust().timeAuthorities());
        TokenRequest request = TokenRequest.over(signature, BigInteger.ONE);
        return List.of(
                Target.of("time-token", bytes -> check(verifier, token, bytes), token)
                        .costly(),
                Target.of(
                                "time-answer",
                                bytes -> answer(request, bytes),
                                new TimeStamper().answer(request.bytes(), Vectors.now("time_token_ok")))
                        .refusing(TokenRefusedException.class));
    }

    /** One spelling of a token is good, the one that the authority signed. */
    private static void check(TokenVerifier verifier, byte[] golden, byte[] bytes) {
        if (verifier.check(bytes) instanceof TokenCheck.Stamped) {
            assertArrayEquals(golden, bytes);
        }
    }

    /** An answer is kept in the one spelling that a verifier reads. */
    private static void answer(TokenRequest request, byte[] bytes) throws TokenRefusedException {
        byte[] kept = request.answer(bytes);
        assertArrayEquals(kept, request.answer(kept));
    }
}
