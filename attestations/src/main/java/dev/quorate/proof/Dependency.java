package dev.quorate.proof;

import dev.quorate.digest.Sha256;
import dev.quorate.intoto.Subject;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.spec.LockedFile;
import dev.quorate.spec.RebuildSpec;
import java.util.List;
import java.util.Optional;

/** One input as a proof names it, a SLSA {@code resolvedDependencies} entry. */
public record Dependency(String uri, Sha256 sha256) {
    /** Every pinned input of a spec, in lock order. */
    public static List<Dependency> of(RebuildSpec spec) {
        return spec.locked().orElse(List.of()).stream().map(Dependency::of).toList();
    }

    private static Dependency of(LockedFile file) {
        return new Dependency(file.from().toString(), file.sha256());
    }

    static Dependency read(Fields fields) throws MalformedException {
        return new Dependency(fields.string("uri"), fields.object("digest", Subject::readDigest));
    }

    /** What stands there, if it is a dependency. */
    static Optional<Dependency> find(Json value) {
        try {
            return Optional.of(read(Fields.of(value, "dependency")));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    Json.Obj json() {
        return Json.object()
                .put("uri", uri)
                .put("digest", Subject.digest(sha256))
                .build();
    }
}
