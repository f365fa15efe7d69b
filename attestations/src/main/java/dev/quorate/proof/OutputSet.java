package dev.quorate.proof;

import dev.quorate.digest.Sha256;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that a build made, sorted by path in UTF-8 byte order. Its digest is what builders agree on: SHA-256 over the
 * canonical JSON of <code>{"outputs":[…]}</code>.
 */
public final class OutputSet {
    /** Most outputs of one build. */
    public static final int MAX_OUTPUTS = 10_000;

    private final List<Output> outputs;
    private final Sha256 digest;

    /**
     * Sorts and keeps the outputs.
     *
     * @throws IllegalArgumentException if there are none, more than {@link #MAX_OUTPUTS}, or two with one path
     */
    public OutputSet(List<Output> unsorted) {
        outputs = unsorted.stream().sorted(Comparator.comparing(Output::path)).toList();
        Set<Object> paths = new HashSet<>();
        outputs.forEach(output -> paths.add(output.path()));
        if (outputs.isEmpty() || outputs.size() > MAX_OUTPUTS || paths.size() != outputs.size()) {
            throw new IllegalArgumentException(
                    "an output set has 1 to " + MAX_OUTPUTS + " outputs with distinct paths");
        }
        // A count asks for it many times.
        digest = CanonicalJson.digest(json());
    }

    /** Reads <code>{"outputs":[…]}</code>; the order must be the sorted one. */
    public static OutputSet read(Fields fields) throws MalformedException {
        List<Output> outputs = fields.objects("outputs", MAX_OUTPUTS, Output::read);
        try {
            var set = new OutputSet(outputs);
            if (!set.outputs.equals(outputs)) {
                throw fields.wrong("outputs", "must be sorted by path");
            }
            return set;
        } catch (IllegalArgumentException e) {
            throw fields.wrong("outputs", e.getMessage());
        }
    }

    /** The outputs, sorted. */
    public List<Output> outputs() {
        return outputs;
    }

    /** What is hashed. */
    public Json.Obj json() {
        return Json.object()
                .put("outputs", Json.arr(outputs.stream().map(Output::json).toList()))
                .build();
    }

    /** What builders agree on. */
    public Sha256 digest() {
        return digest;
    }

    /** The regular files among the outputs. */
    public List<Output.File> files() {
        return outputs.stream()
                .filter(Output.File.class::isInstance)
                .map(Output.File.class::cast)
                .toList();
    }

    /** The file with that content, if there is one. */
    public Optional<Output.File> file(Sha256 content) {
        return files().stream().filter(file -> file.sha256().equals(content)).findFirst();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OutputSet that && digest.equals(that.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return outputs.toString();
    }
}
