package dev.quorate.agent.protocol;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.json.Fields;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What a coordinator answers. */
class AnswerFuzzTest implements Fuzzed {
    private static final String PROBLEM =
            "{\"type\":\"https://quorate.dev/problems/lease-lost\",\"title\":\"t\",\"detail\":\"d\"}";

    @Override
    public List<Target> targets() {
        byte[] seed = PROBLEM.getBytes(StandardCharsets.UTF_8);
        return List.of(
                Target.of("answer", bytes -> answer(200, bytes).read(Fields::json), seed)
                        .refusing(RefusedException.class),
                Target.of("problem", AnswerFuzzTest::problem, seed));
    }

    private static Answer answer(int status, byte[] body) {
        return new Answer(status, HttpHeaders.of(Map.of(), (name, value) -> true), body);
    }

    /** Whatever a coordinator says is wrong can be shown on a terminal. */
    private static void problem(byte[] body) {
        String said = Problem.of(answer(409, body)).exception().getMessage();
        assertFalse(said.chars().anyMatch(Character::isISOControl), said);
    }
}
