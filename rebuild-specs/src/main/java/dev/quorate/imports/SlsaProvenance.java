package dev.quorate.imports;

import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.spec.RelativePath;
import dev.quorate.spec.Release;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** SLSA provenance v1: an in-toto statement, plain, in a DSSE envelope, or in a Sigstore bundle. Not verified. */
final class SlsaProvenance {
    private static final String STATEMENT = "https://in-toto.io/Statement/v1";
    private static final String PREDICATE = "https://slsa.dev/provenance/v1";
    private static final String PAYLOAD = "application/vnd.in-toto+json";
    private static final int MOST_SUBJECTS = 1000;
    private static final int MOST_DEPENDENCIES = 20_000;
    private static final int MOST_SOURCES = 100;

    private final Fields statement;
    private final Fields definition;
    private final String wrapping;
    private final String input;

    private SlsaProvenance(Fields statement, String wrapping, String input) throws MalformedException {
        this.statement = statement;
        this.wrapping = wrapping;
        this.input = input;
        statement.literal("_type", STATEMENT);
        statement.literal("predicateType", PREDICATE);
        definition = statement.object("predicate").object("buildDefinition");
    }

    /**
     * An unlocked spec, with comments for the person who completes it.
     *
     * @param mostBytes of the envelope's payload
     */
    static String spec(String text, int mostBytes, String input) throws MalformedException {
        Fields outer = Fields.of(JsonReader.read(text, input), input);
        Fields envelope = outer.has("dsseEnvelope") ? outer.object("dsseEnvelope") : outer;
        if (!envelope.has("payloadType")) {
            return new SlsaProvenance(envelope, "which nobody signed", input).yaml();
        }
        envelope.literal("payloadType", PAYLOAD);
        byte[] payload = envelope.string("payload", SlsaProvenance::decoded);
        Json statement = JsonReader.read(payload, mostBytes, input);
        return new SlsaProvenance(Fields.of(statement, input), "whose signatures were not verified", input).yaml();
    }

    private String yaml() throws MalformedException {
        List<String> subjects = statement.objects("subject", MOST_SUBJECTS, SlsaProvenance::name);
        List<ResolvedDependency> dependencies = definition.has("resolvedDependencies")
                ? definition.objects("resolvedDependencies", MOST_DEPENDENCIES, ResolvedDependency::read)
                : List.of();
        Draft draft = Draft.from("SLSA provenance", input)
                .comment("It is a claim, " + wrapping + ": check it where it matters.")
                .comment("The builder it names: " + builder())
                .comment("buildType: " + definition.string("buildType"))
                .comment("externalParameters: "
                        + CanonicalJson.write(
                                definition.object("externalParameters").json()));
        release(draft, subjects, dependencies);
        draft.look("the record names no platform.")
                .put("platform", "linux/amd64")
                .missing("environment", "the system that it is built in, as {debian: bookworm, packages: [gcc]}.");
        sources(draft, dependencies);
        draft.look("the directory and the steps; what a script puts into $OUT is the output.")
                .put(
                        "build",
                        Json.object()
                                .put("kind", "script")
                                .put("directory", "/build/source")
                                .put("script", new Json.Null())
                                .build());
        outputs(draft, subjects);
        return draft.limits()
                .comments(
                        "The dependencies of that build:",
                        dependencies.stream().map(ResolvedDependency::toString).toList())
                .text();
    }

    private String builder() throws MalformedException {
        return statement
                .object("predicate")
                .object("runDetails")
                .object("builder")
                .string("id");
    }

    private static void release(Draft draft, List<String> subjects, List<ResolvedDependency> dependencies) {
        Optional<Release> release = subjects.stream()
                .flatMap(subject -> Subjects.release(subject).stream())
                .findFirst();
        if (release.isPresent()) {
            draft.put("name", release.get().name()).put("version", release.get().version());
            return;
        }
        Optional<String> repository = dependencies.stream()
                .flatMap(dependency -> dependency.directory().stream())
                .findFirst();
        if (repository.isPresent()) {
            draft.look("the name; this one is its repository's.").put("name", repository.get());
        } else {
            draft.missing("name", "the name.");
        }
        draft.missing("version", "the version.");
    }

    private static void sources(Draft draft, List<ResolvedDependency> dependencies) {
        List<Json> sources = dependencies.stream()
                .flatMap(dependency -> dependency.source().stream())
                .distinct()
                .toList();
        draft.look("which of these are sources; tools are named in the environment.");
        if (sources.size() > MOST_SOURCES) {
            draft.comment("The first " + MOST_SOURCES + " of " + sources.size() + "; a spec has no more.");
        }
        if (sources.isEmpty()) {
            draft.missing("sources", "the record pins no source by a Git commit or a SHA-256.");
        } else {
            draft.list("sources", sources.stream().limit(MOST_SOURCES).toList());
        }
    }

    private static void outputs(Draft draft, List<String> subjects) {
        List<Json> outputs = new ArrayList<>();
        for (String subject : subjects) {
            Subjects.file(subject).map(RelativePath::text).map(Json::str).ifPresent(outputs::add);
        }
        if (outputs.isEmpty()) {
            draft.missing("outputs", "the record names no files.");
        } else {
            draft.list("outputs", outputs.stream().distinct().toList());
        }
    }

    private static String name(Fields subject) throws MalformedException {
        return subject.has("name") ? subject.string("name") : "";
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be base64", e);
        }
    }
}
