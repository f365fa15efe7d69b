package dev.quorate.verify;

import dev.quorate.json.Json;
import dev.quorate.round.RoundId;
import dev.quorate.spec.Release;
import dev.quorate.spec.SpecDigest;
import dev.quorate.tally.AttestedHost;
import dev.quorate.tally.Vote;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a check found.
 *
 * @param release what the round rebuilt; empty, like all that follows it, where the check did not come that far
 * @param required agreeing operators that the user's policy asks for
 * @param reached agreeing operators found
 * @param time the trusted time that keys and freshness were judged at
 * @param timeSource who vouches for that time: {@code witnesses}, {@code time-authority}, {@code certifier}, or
 *     {@code clock}, the one here, where there is no certificate
 * @param notes things worth knowing that decide nothing
 */
public record Report(
        Outcome outcome,
        List<Refusal> refusals,
        List<Artifact> artifacts,
        Optional<Release> release,
        Optional<SpecDigest> spec,
        Optional<RoundId> round,
        int required,
        int reached,
        List<Vote> votes,
        Optional<LogView> log,
        Optional<Instant> time,
        String timeSource,
        List<String> notes) {

    /** How a check ends. */
    public enum Outcome {
        /** Every step held. */
        VERIFIED,
        /** A step failed, or the verdict is negative. */
        REFUSED,
        /** Nothing is wrong, and the round is not decided. */
        UNDECIDED
    }

    public Report {
        refusals = List.copyOf(refusals);
        artifacts = List.copyOf(artifacts);
        votes = List.copyOf(votes);
        notes = List.copyOf(notes);
    }

    /** The object that {@code verify --json} prints. */
    public Json.Obj json() {
        return Json.object()
                .put("verdict", outcome.name())
                .put("refusals", Json.arr(refusals.stream().map(Report::json).toList()))
                .put("artifacts", Json.arr(artifacts.stream().map(Report::json).toList()))
                .put("release", orNull(release))
                .put("spec", orNull(spec))
                .put("round", orNull(round))
                .put(
                        "threshold",
                        Json.object()
                                .put("required", required)
                                .put("reached", reached)
                                .build())
                .put("votes", Json.arr(votes.stream().map(Report::json).toList()))
                .put("log", log.<Json>map(Report::json).orElseGet(Json.Null::new))
                .put("time", orNull(time))
                .put("timeSource", timeSource)
                .put("notes", Json.strings(notes))
                .build();
    }

    private static Json orNull(Optional<?> value) {
        return value.<Json>map(v -> Json.str(v.toString())).orElseGet(Json.Null::new);
    }

    private static Json.Obj json(Refusal refusal) {
        return Json.object()
                .put("code", refusal.code().name())
                .put("detail", refusal.detail())
                .build();
    }

    private static Json.Obj json(Artifact artifact) {
        return Json.object()
                .put("name", artifact.name())
                .put("sha256", artifact.sha256().hex())
                .build();
    }

    private static Json.Obj json(Vote vote) {
        return Json.object()
                .put("builder", vote.builder().text())
                .put("operator", vote.operator())
                .put("zone", vote.zone())
                .put("cpuVendor", vote.cpuVendor())
                .put("assurance", vote.assurance().word())
                .put("host", vote.host().<Json>map(AttestedHost::json).orElseGet(Json.Null::new))
                .put("outcome", vote.outcome())
                .put("outputs", orNull(vote.outputs()))
                .put("counted", vote.counted())
                .put("reason", vote.reason())
                .build();
    }

    private static Json.Obj json(LogView log) {
        return Json.object()
                .put("origin", log.origin())
                .put("size", log.size())
                .put("witnesses", Json.strings(log.witnesses()))
                .build();
    }
}
