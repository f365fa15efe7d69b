package dev.quorate.cli.round;

import dev.quorate.cli.RefusedException;
import dev.quorate.cli.coordinator.Coordinator;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.proof.BuildProof;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares what builders recorded about their machines: whatever differs may be why the results do. */
final class Environments {
    private static final int MAX_BYTES = 1 << 20;
    private static final String ABSENT = "absent";

    private Environments() {}

    /** The largest group's machine against one of each other group. */
    static List<Explanation.EnvironmentDifference> differences(Coordinator coordinator, List<Explanation.Group> groups)
            throws InterruptedException {
        List<Explanation.EnvironmentDifference> all = new ArrayList<>();
        for (int i = 1; i < groups.size(); i++) {
            SortedMap<String, String> left =
                    record(coordinator, groups.getFirst().proofs().getFirst());
            SortedMap<String, String> right =
                    record(coordinator, groups.get(i).proofs().getFirst());
            var names = new TreeSet<>(left.keySet());
            names.addAll(right.keySet());
            for (String name : left.isEmpty() || right.isEmpty() ? new TreeSet<String>() : names) {
                String a = left.getOrDefault(name, ABSENT);
                String b = right.getOrDefault(name, ABSENT);
                if (!a.equals(b)) {
                    all.add(new Explanation.EnvironmentDifference(name, a, b));
                }
            }
        }
        return all;
    }

    private static SortedMap<String, String> record(Coordinator coordinator, BuildProof proof)
            throws InterruptedException {
        SortedMap<String, String> flat = new TreeMap<>();
        try {
            String input = "environment of " + proof.builder();
            flatten("", JsonReader.read(coordinator.blob(proof.environment(), MAX_BYTES), MAX_BYTES, input), flat);
        } catch (RefusedException | MalformedException e) {
            // A record that an operator has dropped, or that is no JSON, explains nothing; the votes are still shown.
            flat.clear();
        }
        return flat;
    }

    private static void flatten(String name, Json value, SortedMap<String, String> into) {
        if (value instanceof Json.Obj object) {
            object.members()
                    .forEach((member, child) -> flatten(name.isEmpty() ? member : name + "." + member, child, into));
        } else {
            into.put(name, value instanceof Json.Str(String text) ? text : CanonicalJson.write(value));
        }
    }
}
