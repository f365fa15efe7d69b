package dev.quorate.agent.work;

import dev.quorate.dsse.Envelope;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.log.LogIndex;
import dev.quorate.log.TreeHead;
import java.util.Optional;

/** How far a round has come. */
sealed interface Entry {
    /** What was built. */
    Result result();

    /** Built, and bound to it; the coordinator may know. */
    record Prepared(Result result, Optional<Introduction> introduction, Envelope commitment) implements Entry {}

    /** The coordinator knows, and has logged the commitment. */
    record Committed(Result result, Envelope commitment, LogIndex index) implements Entry {}

    /** The time to reveal had come, and the proof is signed; the coordinator may have it. */
    record Proven(Result result, Optional<Introduction> introduction, Envelope proof) implements Entry {}

    /** No vote: the proof says why, and there was no commitment; the coordinator may have it. */
    record Excused(Result result, Envelope proof) implements Entry {}

    /** Reads a journal. */
    static Entry read(Fields fields) throws MalformedException {
        String step = fields.string("step");
        Result result = fields.object("result", Result::read);
        Entry entry = switch (step) {
            case "prepared" -> new Prepared(result, introduction(fields), fields.object("commitment", Envelope::read));
            case "committed" ->
                new Committed(
                        result,
                        fields.object("commitment", Envelope::read),
                        new LogIndex(fields.integer("index", 0, TreeHead.MAX_SIZE - 1)));
            case "proven" -> new Proven(result, introduction(fields), fields.object("proof", Envelope::read));
            case "excused" -> new Excused(result, fields.object("proof", Envelope::read));
            default -> throw fields.wrong("step", "must be prepared, committed, proven or excused");
        };
        fields.end();
        return entry;
    }

    private static Optional<Introduction> introduction(Fields fields) throws MalformedException {
        return fields.optionalObject("introduction", Introduction::read);
    }

    /** The journal's content. */
    default Json.Obj json() {
        Json.Builder json = Json.object();
        switch (this) {
            case Prepared prepared -> {
                json.put("step", "prepared").put("commitment", prepared.commitment.json());
                prepared.introduction.ifPresent(shown -> json.put("introduction", shown.json()));
            }
            case Committed committed ->
                json.put("step", "committed")
                        .put("commitment", committed.commitment.json())
                        .put("index", committed.index.value());
            case Proven proven -> {
                json.put("step", "proven").put("proof", proven.proof.json());
                proven.introduction.ifPresent(shown -> json.put("introduction", shown.json()));
            }
            case Excused excused -> json.put("step", "excused").put("proof", excused.proof.json());
        }
        return json.put("result", result().json()).build();
    }
}
