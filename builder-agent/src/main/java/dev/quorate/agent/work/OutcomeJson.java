package dev.quorate.agent.work;

import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.proof.FailureClass;
import dev.quorate.proof.Outcome;
import dev.quorate.proof.OutputSet;

/** An outcome as agents write it down and pass it on: {@code {"outputs":[…]}} or {@code {"failure","detail"}}. */
public final class OutcomeJson {
    private OutcomeJson() {}

    /** Writes it. */
    public static Json.Obj write(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Built built -> built.outputs().json();
            case Outcome.Failed failed ->
                Json.object()
                        .put("failure", failed.failure().name())
                        .put("detail", failed.detail())
                        .build();
        };
    }

    /** Reads it, strictly. */
    public static Outcome read(Fields fields) throws MalformedException {
        Outcome outcome = fields.has("outputs")
                ? new Outcome.Built(OutputSet.read(fields))
                : new Outcome.Failed(fields.word("failure", FailureClass.class), fields.string("detail"));
        fields.end();
        return outcome;
    }
}
