package dev.quorate.spec;

import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.json.YamlReader;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to build, as data.
 *
 * @param outputs which files of the recipe's output directory are the result; {@code *} stands for any characters but a
 *     slash
 * @param locked every input pinned, sorted by role and path; empty before {@code spec lock}
 */
public record RebuildSpec(
        Release release,
        Platform platform,
        Environment environment,
        List<Source> sources,
        Recipe recipe,
        List<RelativePath> outputs,
        Limits limits,
        Optional<List<LockedFile>> locked) {
    /** Value of {@code format}. */
    public static final String FORMAT = "quorate/rebuild/v1";

    /** Longest spec accepted, in bytes. */
    public static final int MAX_BYTES = 16 << 20;

    private static final int MOST_LOCKED = 20_000;

    /** Reads a spec file, {@code *.rebuild.yaml}. */
    public static RebuildSpec parse(byte[] yaml, String fileName) throws MalformedException {
        return read(YamlReader.read(yaml, MAX_BYTES, fileName));
    }

    /** Reads a spec out of a message or document. */
    public static RebuildSpec read(Fields fields) throws MalformedException {
        fields.literal("format", FORMAT);
        var spec = new RebuildSpec(
                release(fields),
                fields.string("platform", Platform::parse),
                fields.object("environment", Environment::read),
                fields.objects("sources", 100, Source::read),
                fields.object("build", Recipe::read),
                fields.strings("outputs", 1000, RelativePath::parse),
                fields.object("limits", Limits::read),
                fields.has("locked")
                        ? Optional.of(fields.objects("locked", MOST_LOCKED, LockedFile::read))
                        : Optional.empty());
        fields.end();
        if (spec.sources.isEmpty()) {
            throw fields.wrong("sources", "must name at least one source");
        }
        if (spec.outputs.isEmpty()) {
            throw fields.wrong("outputs", "must name at least one output");
        }
        spec.refuseTwice(fields);
        return spec;
    }

    /** Whether every input is pinned. */
    public boolean isLocked() {
        return locked.isPresent();
    }

    /** The pinned files of one role, in lock order; none before {@code spec lock}. */
    public List<LockedFile> locked(LockedFile.Role role) {
        return locked.orElse(List.of()).stream()
                .filter(file -> file.role() == role)
                .toList();
    }

    /** The same spec with its inputs pinned. */
    public RebuildSpec withLock(List<LockedFile> files) {
        return new RebuildSpec(
                release, platform, environment, sources, recipe, outputs, limits, Optional.of(List.copyOf(files)));
    }

    /**
     * The spec's identity.
     *
     * @throws IllegalStateException before the spec is locked: what is not pinned has no identity
     */
    public SpecDigest digest() {
        if (!isLocked()) {
            throw new IllegalStateException("a spec has a digest only once it is locked");
        }
        return new SpecDigest(CanonicalJson.digest(json()));
    }

    /** The spec as the value that it was read from. */
    public Json.Obj json() {
        return Json.object()
                .put("format", FORMAT)
                .put("name", release.name())
                .put("version", release.version())
                .put("platform", platform.toString())
                .put("environment", environment.json())
                .put("sources", Json.arr(sources.stream().map(Source::json).toList()))
                .put("build", recipe.json())
                .put(
                        "outputs",
                        Json.strings(outputs.stream().map(RelativePath::text).toList()))
                .put("limits", limits.json())
                .putIfPresent(
                        "locked",
                        locked.map(files ->
                                Json.arr(files.stream().map(LockedFile::json).toList())))
                .build();
    }

    private static Release release(Fields fields) throws MalformedException {
        String name = fields.string("name");
        String version = fields.string("version");
        try {
            return new Release(name, version);
        } catch (IllegalArgumentException e) {
            throw fields.wrong(e.getMessage().startsWith("a release name") ? "name" : "version", e.getMessage());
        }
    }

    private void refuseTwice(Fields fields) throws MalformedException {
        Set<String> seen = new HashSet<>();
        for (LockedFile file : locked.orElse(List.of())) {
            if (!seen.add(file.role() + " " + file.path())) {
                throw fields.wrong("locked", "has two files for the path " + file.path() + "; remove one");
            }
        }
    }
}
