package dev.quorate.agent.work;

import dev.quorate.intoto.Instants;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.proof.FailureClass;
import dev.quorate.proof.Outcome;
import dev.quorate.round.Nonce;
import dev.quorate.spec.RelativePath;
import java.time.Instant;

/**
 * A finished build and the nonce that hides it.
 *
 * @param outputDirectory below the round's directory
 */
record Result(
        Outcome outcome,
        Nonce nonce,
        KeptFile log,
        KeptFile environment,
        RelativePath outputDirectory,
        Instant started,
        Instant finished) {
    static Result read(Fields fields) throws MalformedException {
        var result = new Result(
                fields.object("outcome", OutcomeJson::read),
                fields.string("nonce", Nonce::parse),
                fields.object("log", KeptFile::read),
                fields.object("environment", KeptFile::read),
                fields.string("outputDirectory", RelativePath::parse),
                fields.string("started", Instants::parse),
                fields.string("finished", Instants::parse));
        fields.end();
        return result;
    }

    Json.Obj json() {
        return Json.object()
                .put("outcome", OutcomeJson.write(outcome))
                .put("nonce", nonce.base64())
                .put("log", log.json())
                .put("environment", environment.json())
                .put("outputDirectory", outputDirectory.text())
                .put("started", started.toString())
                .put("finished", finished.toString())
                .build();
    }

    /** What is left of a vote by a machine that could not show itself: an excuse. */
    Result unshown(String reason) {
        String detail = OneLine.of("the host cannot show itself: " + reason);
        return new Result(
                new Outcome.Failed(FailureClass.INFRASTRUCTURE, detail),
                nonce,
                log,
                environment,
                outputDirectory,
                started,
                finished);
    }

    /** Whether this is a vote, to be committed to; or else only an excuse, said without a commitment. */
    boolean isVote() {
        return switch (outcome) {
            case Outcome.Built ignored -> true;
            case Outcome.Failed failed ->
                switch (failed.failure()) {
                    case BUILD_FAILED, RESOURCE_LIMIT -> true;
                    case INFRASTRUCTURE, INPUT_UNAVAILABLE -> false;
                };
        };
    }
}
