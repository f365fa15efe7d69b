package dev.quorate.coordinator.desk;

import dev.quorate.coordinator.round.Assignment;
import dev.quorate.coordinator.round.Filed;
import dev.quorate.coordinator.round.Phase;
import dev.quorate.coordinator.round.Review;
import dev.quorate.coordinator.round.RoundState;
import dev.quorate.coordinator.round.TakenOff;
import dev.quorate.coordinator.store.RoundStore;
import dev.quorate.digest.Sha256;
import dev.quorate.intoto.Subject;
import dev.quorate.json.Json;
import dev.quorate.round.BuilderId;
import dev.quorate.tally.AttestedHost;
import dev.quorate.tally.Openness;
import dev.quorate.tally.Tally;
import dev.quorate.tally.Verdict;
import dev.quorate.tally.Vote;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.stream.Collectors;

/** What anybody may know of a round; results only once revealing has begun. */
final class StatusView {
    private static final int NAMED_VERSIONS = 5;

    private final Counter counter;
    private final RoundStore store;
    private final Clock clock;
    private final Map<LiveRound, Counted> counts = Collections.synchronizedMap(new WeakHashMap<>());

    StatusView(Counter counter, RoundStore store, Clock clock) {
        this.counter = counter;
        this.store = store;
        this.clock = clock;
    }

    Json.Obj of(LiveRound round) throws IOException {
        RoundState state = round.state();
        boolean counted = state.phase().isCounted();
        Tally tally = tally(round, state);
        boolean shown = counted || state.phase() == Phase.REVEALING;
        Json.Obj threshold = Json.object()
                .put("required", tally.required())
                .put("reached", shown ? tally.reached() : 0)
                .build();
        return Json.object()
                .put("round", round.id().text())
                .put("spec", round.opening().digest().toString())
                .put("release", round.opening().spec().release().toString())
                .put("platform", round.opening().spec().platform().toString())
                .put("state", state.phase().name())
                .put("verdict", state.verdict().name())
                .put("reason", counted ? state.reason() : waiting(state))
                .put("opened", round.opening().opened().toString())
                .put("threshold", threshold)
                .put("builders", Json.arr(builders(state, tally)))
                .put("claims", Json.arr(claims(round, state, tally)))
                .put("review", orNull(state.review().map(StatusView::review)))
                .put("withdrawn", orNull(state.withdrawal().map(StatusView::review)))
                .put("regression", orNull(regression(round, state)))
                .build();
    }

    private static Json orNull(Optional<Json.Obj> value) {
        return value.<Json>map(some -> some).orElseGet(Json.Null::new);
    }

    private static Json.Obj review(Review review) {
        return Json.object()
                .put("at", review.at().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("trust", review.trust())
                .put("before", review.before().name())
                .put("after", review.after().name())
                .put("reason", review.reason())
                .put(
                        "certificate",
                        review.certificate()
                                .<Json>map(filed -> Json.str(filed.envelope().hex()))
                                .orElseGet(Json.Null::new))
                .put("index", review.outcome().index())
                .build();
    }

    /** What had been certified of this package before a version that is not. */
    private Optional<Json.Obj> regression(LiveRound round, RoundState state) {
        if (state.verdict() != Verdict.CONTESTED && state.verdict() != Verdict.FAILED) {
            return Optional.empty();
        }
        long before = state.certificate().map(Filed::index).orElse(Long.MAX_VALUE);
        List<String> versions = store.certified(
                round.opening().spec().release(), round.opening().spec().platform(), before);
        if (versions.isEmpty()) {
            return Optional.empty();
        }
        List<String> named = versions.stream().limit(NAMED_VERSIONS).toList();
        String some = String.join(", ", named) + (versions.size() > NAMED_VERSIONS ? ", …" : "");
        String text = versions.size() == 1
                ? "the last version was certified (" + some + "), this one is not"
                : "the last " + versions.size() + " versions were certified (" + some + "), this one is not";
        return Optional.of(Json.object()
                .put("certified", versions.size())
                .put("versions", Json.strings(named))
                .put("text", text)
                .build());
    }

    /** Counting reads everything that was said, so it is done once for each state that many people look at. */
    Tally tally(LiveRound round, RoundState state) throws IOException {
        Counted last = counts.get(round);
        if (last != null && last.state().equals(state)) {
            return last.tally();
        }
        boolean counted = state.phase().isCounted();
        Tally tally = counter.tally(
                round, counted ? state.deadline() : clock.instant(), counted ? Openness.CLOSED : Openness.OPEN);
        counts.put(round, new Counted(state, tally));
        return tally;
    }

    private record Counted(RoundState state, Tally tally) {}

    private static String waiting(RoundState state) {
        long committed = state.assignments().values().stream()
                .filter(a -> a.commitment().isPresent())
                .count();
        int enrolled = state.assignments().size();
        return state.phase() == Phase.REVEALING
                ? "builders are revealing what they committed to"
                : committed + " of " + enrolled + " builders have committed";
    }

    private List<Json.Obj> builders(RoundState state, Tally tally) {
        Map<BuilderId, Vote> votes = tally.votes().stream().collect(Collectors.toMap(Vote::builder, vote -> vote));
        List<Json.Obj> list = new ArrayList<>();
        for (Assignment part : state.assignments().values()) {
            list.add(builder(state, part, votes.get(part.builder())));
        }
        return list;
    }

    private Json.Obj builder(RoundState state, Assignment part, Vote vote) {
        boolean counted = state.phase().isCounted();
        boolean told =
                counted || state.phase() == Phase.REVEALING && part.proof().isPresent();
        Json nothing = new Json.Null();
        return Json.object()
                .put("builder", part.builder().text())
                .put("operator", vote.operator())
                .put("zone", vote.zone())
                .put("cpuVendor", vote.cpuVendor())
                .put("assurance", vote.assurance().word())
                .put("host", vote.host().<Json>map(AttestedHost::json).orElse(nothing))
                .put("state", word(state, part))
                .put("outcome", told ? Json.str(vote.outcome()) : nothing)
                .put(
                        "outputs",
                        told
                                ? vote.outputs()
                                        .<Json>map(digest -> Json.str(digest.hex()))
                                        .orElse(nothing)
                                : nothing)
                .put("counted", counted && vote.counted())
                .put("reason", isJudged(part, told) ? vote.reason() : reason(part))
                .build();
    }

    /** Whether the tally's reason says more than what has become of the assignment. */
    private static boolean isJudged(Assignment part, boolean told) {
        if (part.takenOff().isEmpty()) {
            return told || part.isBarred();
        }
        boolean explained = part.takenOff().flatMap(TakenOff::notice).isPresent();
        return told && (part.proof().isPresent() || explained);
    }

    private static String reason(Assignment part) {
        if (part.takenOff().isPresent()) {
            return "taken off the round: " + part.takenOff().get().reason();
        } else if (part.secondCommitment().isPresent()) {
            return "committed to two results";
        } else if (part.hasGivenUp()) {
            return "could not build in " + part.attempts().size() + " tries";
        } else if (part.commitment().isPresent()) {
            return "committed; waits for the others";
        }
        return part.attempts().isEmpty()
                ? "has not committed yet"
                : "will try again after " + part.attempts().size() + " failed tries";
    }

    private String word(RoundState state, Assignment part) {
        if (part.proof().isPresent() || part.hasGivenUp()) {
            return "REVEALED";
        } else if (part.isBarred()) {
            return "REFUSED";
        } else if (state.phase().isCounted()) {
            return "SILENT";
        } else if (part.commitment().isPresent()) {
            return "COMMITTED";
        }
        return part.leasedUntil().filter(clock.instant()::isBefore).isPresent() ? "BUILDING" : "WAITING";
    }

    private static List<Json.Obj> claims(LiveRound round, RoundState state, Tally tally) {
        List<Json.Obj> list = new ArrayList<>();
        for (Subject claim : round.claims()) {
            list.add(Json.object()
                    .put("name", claim.name())
                    .put("sha256", claim.sha256().hex())
                    .put("matches", matches(claim.sha256(), state, tally))
                    .build());
        }
        return list;
    }

    /** Null where there is nothing to compare with. */
    private static Json matches(Sha256 claimed, RoundState state, Tally tally) {
        if (state.verdict() != Verdict.CERTIFIED) {
            return new Json.Null();
        }
        return Json.bool(
                tally.winner().flatMap(outputs -> outputs.file(claimed)).isPresent());
    }
}
