package dev.quorate.agent.qrexec;

import dev.quorate.agent.build.EnvironmentRecord;
import dev.quorate.agent.work.OutcomeJson;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.intoto.Statement;
import dev.quorate.intoto.Subject;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.proof.Outcome;
import dev.quorate.spec.SpecDigest;
import java.time.Duration;
import java.util.List;

/**
 * What came out of the build that one request asked for.
 *
 * @param request digest of the request's envelope
 * @param log its size in bytes and its content follow the answer
 */
record BuildAnswer(
        SpecDigest spec, Sha256 request, Outcome outcome, EnvironmentRecord environment, Log log, Duration duration) {
    static final String TYPE = "https://quorate.dev/build-answer/v1";

    private static final String INPUT = "answer";

    /** A build's log. */
    record Log(long size, Sha256 sha256) {
        static Log read(Fields fields) throws MalformedException {
            var log = new Log(fields.integer("size", 0, Json.MAX_INTEGER), fields.string("sha256", Sha256::parse));
            fields.end();
            return log;
        }

        Json.Obj json() {
            return Json.object().put("size", size).put("sha256", sha256.hex()).build();
        }
    }

    /** Reads what a service's key has signed. */
    static BuildAnswer parse(VerifiedPayload payload) throws MalformedException {
        Statement statement = Statement.parse(payload, INPUT);
        Fields fields = statement.predicate(TYPE, INPUT);
        var answer = new BuildAnswer(
                new SpecDigest(statement.subjects().getFirst().sha256()),
                fields.string("request", Sha256::parse),
                fields.object("outcome", OutcomeJson::read),
                fields.object("environment", EnvironmentRecord::read),
                fields.object("log", Log::read),
                Duration.ofMillis(fields.integer("milliseconds", 0, Json.MAX_INTEGER)));
        fields.end();
        if (!statement.subjects().equals(answer.subjects())) {
            throw new MalformedException(INPUT, "must have one subject, named spec");
        }
        return answer;
    }

    /** The statement to sign. */
    Statement statement() {
        return new Statement(
                subjects(),
                TYPE,
                Json.object()
                        .put("request", request.hex())
                        .put("outcome", OutcomeJson.write(outcome))
                        .put("environment", environment.json())
                        .put("log", log.json())
                        .put("milliseconds", duration.toMillis())
                        .build());
    }

    private List<Subject> subjects() {
        return List.of(new Subject("spec", spec.sha256()));
    }
}
