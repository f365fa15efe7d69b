package dev.quorate.cli.round;

import dev.quorate.certificate.Certificate;
import dev.quorate.digest.Sha256;
import dev.quorate.host.HostChange;
import dev.quorate.host.HostState;
import dev.quorate.json.Json;
import dev.quorate.json.Printable;
import dev.quorate.proof.BuildProof;
import dev.quorate.proof.Outcome;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Commitment;
import dev.quorate.round.RoundOpening;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Who voted what in a round and where results differ.
 *
 * @param groups builders by what they made, the largest group first
 */
record Explanation(Said said, List<Group> groups, List<EnvironmentDifference> environments) {
    /** Builders that made the same. */
    record Group(Outcome.Built built, List<BuildProof> proofs) {
        String names() {
            return String.join(
                    ", ", proofs.stream().map(p -> p.builder().text()).sorted().toList());
        }
    }

    /** A value in which the machines of two groups differ. */
    record EnvironmentDifference(String name, String left, String right) {
        Json.Obj json() {
            return Json.object()
                    .put("name", name)
                    .put("left", left)
                    .put("right", right)
                    .build();
        }
    }

    static Explanation of(Said said) {
        Map<Sha256, List<BuildProof>> byOutputs = new TreeMap<>();
        for (BuildProof proof : said.proofs()) {
            if (proof.outcome() instanceof Outcome.Built built) {
                byOutputs
                        .computeIfAbsent(built.outputs().digest(), digest -> new ArrayList<>())
                        .add(proof);
            }
        }
        List<Group> groups = byOutputs.values().stream()
                .map(proofs -> new Group((Outcome.Built) proofs.getFirst().outcome(), List.copyOf(proofs)))
                .sorted(Comparator.comparingInt((Group group) -> -group.proofs().size()))
                .toList();
        return new Explanation(said, groups, List.of());
    }

    Explanation with(List<EnvironmentDifference> differences) {
        return new Explanation(said, groups, List.copyOf(differences));
    }

    List<BuildProof> failures() {
        return said.proofs().stream()
                .filter(proof -> proof.outcome() instanceof Outcome.Failed)
                .toList();
    }

    /** Enrolled builders that have proven nothing, with what they did instead. */
    Map<BuilderId, String> silent() {
        Set<BuilderId> proven = new HashSet<>();
        said.proofs().forEach(proof -> proven.add(proof.builder()));
        Set<BuilderId> committed = committed();
        Map<BuilderId, String> silent = new TreeMap<>();
        for (BuilderId builder : said.opening().map(RoundOpening::builders).orElse(List.of())) {
            if (!proven.contains(builder)) {
                String what = committed.contains(builder) ? "committed, never revealed" : "said nothing";
                silent.put(
                        builder,
                        what + lost(builder).map(loss -> "; " + words(loss)).orElse(""));
            }
        }
        return silent;
    }

    private Set<BuilderId> committed() {
        return said.commitments().stream().map(Commitment::builder).collect(Collectors.toSet());
    }

    /** What the coordinator says of the host of a builder, if the last of it is that the host was lost. */
    private Optional<HostChange> lost(BuilderId builder) {
        return said.changes().reversed().stream()
                .filter(change -> change.builder().equals(builder))
                .findFirst()
                .filter(change -> change.state() == HostState.LOST);
    }

    private static String words(HostChange loss) {
        return "the coordinator says that it lost the host at " + loss.at() + ": " + Printable.of(loss.reason());
    }

    private Json.Obj lost() {
        Json.Builder reasons = Json.object();
        silent().keySet()
                .forEach(builder ->
                        lost(builder).ifPresent(loss -> reasons.put(builder.text(), Printable.of(loss.reason()))));
        return reasons.build();
    }

    Json.Obj json() {
        Json.Builder object = Json.object();
        object.put("round", orNull(said.opening().map(o -> o.round().text())));
        object.put("release", orNull(said.opening().map(o -> o.spec().release().toString())));
        object.put(
                "enrolled",
                Json.strings(said.opening().map(RoundOpening::builders).orElse(List.of()).stream()
                        .map(BuilderId::text)
                        .toList()));
        object.put("verdict", orNull(said.certificate().map(c -> c.verdict().name())));
        object.put("certifier", orNull(said.certificate().map(Certificate::certifier)));
        return object.put(
                        "groups",
                        Json.arr(groups.stream().map(Explanation::json).toList()))
                .put("differences", Json.arr(differences()))
                .put(
                        "environments",
                        Json.arr(environments.stream()
                                .map(EnvironmentDifference::json)
                                .toList()))
                .put(
                        "failures",
                        Json.arr(failures().stream().map(Explanation::failure).toList()))
                .put(
                        "silent",
                        Json.strings(
                                silent().keySet().stream().map(BuilderId::text).toList()))
                .put(
                        "unrevealed",
                        Json.strings(silent().keySet().stream()
                                .filter(committed()::contains)
                                .map(BuilderId::text)
                                .toList()))
                .put("lost", lost())
                .build();
    }

    private static Json orNull(Optional<String> text) {
        return text.<Json>map(Json::str).orElseGet(Json.Null::new);
    }

    private static Json.Obj json(Group group) {
        return Json.object()
                .put("outputs", group.built().outputs().digest().hex())
                .put(
                        "builders",
                        Json.strings(group.proofs().stream()
                                .map(proof -> proof.builder().text())
                                .sorted()
                                .toList()))
                .build();
    }

    private List<Json.Obj> differences() {
        List<Json.Obj> all = new ArrayList<>();
        for (int i = 1; i < groups.size(); i++) {
            List<Json.Obj> files =
                    Differences.between(
                                    groups.getFirst().built().outputs(),
                                    groups.get(i).built().outputs())
                            .stream()
                            .map(Differences.Difference::json)
                            .toList();
            all.add(Json.object()
                    .put("left", groups.getFirst().names())
                    .put("right", groups.get(i).names())
                    .put("files", Json.arr(files))
                    .build());
        }
        return all;
    }

    private static Json.Obj failure(BuildProof proof) {
        var failed = (Outcome.Failed) proof.outcome();
        return Json.object()
                .put("builder", proof.builder().text())
                .put("class", failed.failure().name())
                .put("detail", failed.detail())
                .build();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        said.opening()
                .ifPresent(o -> lines.add("round     " + o.round() + "  "
                        + o.spec().release() + ", " + o.builders().size() + " builders enrolled"));
        lines.add("verdict   "
                + said.certificate()
                        .map(c -> c.verdict() + ", as " + Printable.of(c.certifier()) + " says")
                        .orElse("none yet"));
        for (Group group : groups) {
            lines.add("result    " + group.built().outputs().digest() + "  by " + group.names());
        }
        for (int i = 1; i < groups.size(); i++) {
            lines.add("");
            lines.add(groups.getFirst().names() + "  against  " + groups.get(i).names() + ":");
            for (Differences.Difference difference : Differences.between(
                    groups.getFirst().built().outputs(), groups.get(i).built().outputs())) {
                lines.add("  " + Printable.of(difference.path().text()));
                lines.add("    - " + Printable.of(difference.left()));
                lines.add("    + " + Printable.of(difference.right()));
            }
        }
        if (!environments.isEmpty()) {
            lines.add("");
            lines.add("their machines differ in:");
            environments.forEach(e -> lines.add("  " + Printable.of(e.name()) + ": " + Printable.of(e.left())
                    + "  against  " + Printable.of(e.right())));
        }
        failures().forEach(proof -> {
            var failed = (Outcome.Failed) proof.outcome();
            lines.add("failure   " + proof.builder() + "  " + failed.failure() + ": " + Printable.of(failed.detail()));
        });
        silent().forEach((builder, what) -> lines.add("silent    " + builder + "  " + what));
        lines.add("this explains what was said; quorate verify decides whether to believe it");
        return lines;
    }
}
