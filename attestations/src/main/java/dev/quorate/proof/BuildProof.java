package dev.quorate.proof;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.intoto.Instants;
import dev.quorate.intoto.Statement;
import dev.quorate.intoto.Subject;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Nonce;
import dev.quorate.round.RoundId;
import dev.quorate.spec.SpecDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A builder's word on one build, written as SLSA Provenance v1 with our {@code buildType}.
 *
 * @param nonce opens the builder's commitment
 * @param commitmentIndex where the log holds that commitment; empty for a failure that is said without one
 * @param inputs every pinned file, toolchain included
 * @param log digest of the build log
 * @param environment digest of the record of the builder's machine
 * @param link the builder's signature over the in-toto link of its outputs, for tools that read links
 * @param evidence digest of the envelope that shows the state of the builder's host, where a key of that host signs
 */
public record BuildProof(
        SpecDigest spec,
        RoundId round,
        BuilderId builder,
        Outcome outcome,
        Nonce nonce,
        OptionalLong commitmentIndex,
        List<Dependency> inputs,
        Sha256 log,
        Sha256 environment,
        Instant started,
        Instant finished,
        Optional<LinkSignature> link,
        Optional<Sha256> evidence) {
    /** Predicate type. */
    public static final String TYPE = "https://slsa.dev/provenance/v1";

    /** Our build type: {@code externalParameters} is the spec digest and nothing else. */
    public static final String BUILD_TYPE = "https://quorate.dev/rebuild/v1";

    private static final String BUILDERS = "https://quorate.dev/builder/";
    private static final String EVIDENCE = "https://quorate.dev/evidence/sha256:";
    private static final String INPUT = "proof";
    private static final int MOST_INPUTS = 20_000;
    private static final int LONGEST_DETAIL = 1000;

    public BuildProof {
        inputs = List.copyOf(inputs);
    }

    /** A proof without a link, by a builder that shows nothing of its host. */
    public BuildProof(
            SpecDigest spec,
            RoundId round,
            BuilderId builder,
            Outcome outcome,
            Nonce nonce,
            OptionalLong commitmentIndex,
            List<Dependency> inputs,
            Sha256 log,
            Sha256 environment,
            Instant started,
            Instant finished) {
        this(
                spec,
                round,
                builder,
                outcome,
                nonce,
                commitmentIndex,
                inputs,
                log,
                environment,
                started,
                finished,
                Optional.empty(),
                Optional.empty());
    }

    /** The same with a link's signature. */
    public BuildProof with(LinkSignature signature) {
        return with(Optional.of(signature), evidence);
    }

    /** The same, from the host that this evidence shows. */
    public BuildProof on(Sha256 shown) {
        return with(link, Optional.of(shown));
    }

    private BuildProof with(Optional<LinkSignature> signature, Optional<Sha256> shown) {
        return new BuildProof(
                spec,
                round,
                builder,
                outcome,
                nonce,
                commitmentIndex,
                inputs,
                log,
                environment,
                started,
                finished,
                signature,
                shown);
    }

    /** The statement to sign. */
    public Statement statement() {
        Json.Obj definition = Json.object()
                .put("buildType", BUILD_TYPE)
                .put(
                        "externalParameters",
                        Json.object().put("spec", spec.toString()).build())
                .put(
                        "resolvedDependencies",
                        Json.arr(inputs.stream().map(Dependency::json).toList()))
                .build();
        Json.Obj predicate = Json.object()
                .put("buildDefinition", definition)
                .put("runDetails", runDetails())
                .build();
        return new Statement(subjects(), TYPE, predicate);
    }

    /** The output files, or the spec itself where there are none: a statement is never about nothing. */
    private List<Subject> subjects() {
        if (outcome instanceof Outcome.Built built && !built.outputs().files().isEmpty()) {
            return built.outputs().files().stream()
                    .map(file -> new Subject(file.path().text(), file.sha256()))
                    .toList();
        }
        return List.of(new Subject("spec", spec.sha256()));
    }

    private Json.Obj runDetails() {
        Json.Obj metadata = Json.object()
                .put("invocationId", round + "/" + builder)
                .put("startedOn", started.toString())
                .put("finishedOn", finished.toString())
                .build();
        List<Json.Obj> byproducts =
                List.of(new Byproduct("log", log).json(), new Byproduct("environment", environment).json());
        return Json.object()
                .put("builder", machine())
                .put("metadata", metadata)
                .put("byproducts", Json.arr(byproducts))
                .put("quorate_result", result())
                .build();
    }

    private Json.Obj machine() {
        Json.Builder machine = Json.object().put("id", BUILDERS + builder);
        evidence.ifPresent(shown ->
                machine.put("builderDependencies", Json.arr(List.of(new Dependency(EVIDENCE + shown, shown).json()))));
        return machine.build();
    }

    private Json.Obj result() {
        Json.Builder result = Json.object()
                .put("round", round.text())
                .put("builder", builder.text())
                .put("outcome", outcome.word())
                .put("nonce", nonce.base64());
        commitmentIndex.ifPresent(index -> result.put("commitmentIndex", index));
        link.ifPresent(signature -> result.put("link", signature.base64()));
        return switch (outcome) {
            case Outcome.Built built ->
                result.put("outputs", built.outputs().json().members().get("outputs"))
                        .build();
            case Outcome.Failed failed -> result.put("detail", failed.detail()).build();
        };
    }

    /** Reads what a builder's key has signed. */
    public static BuildProof parse(VerifiedPayload payload) throws MalformedException {
        Statement statement = Statement.parse(payload, INPUT);
        Fields predicate = statement.predicate(TYPE, INPUT);
        Fields definition = predicate.object("buildDefinition");
        definition.literal("buildType", BUILD_TYPE);
        Fields parameters = definition.object("externalParameters");
        SpecDigest spec = parameters.string("spec", SpecDigest::parse);
        parameters.end();
        Fields run = predicate.object("runDetails");
        List<Byproduct> byproducts = run.objects("byproducts", 100, Byproduct::read);
        Fields metadata = run.object("metadata");
        Fields result = run.object("quorate_result");
        var proof = new BuildProof(
                spec,
                result.string("round", RoundId::parse),
                result.string("builder", BuilderId::parse),
                outcome(result),
                result.string("nonce", Nonce::parse),
                result.has("commitmentIndex")
                        ? OptionalLong.of(result.integer("commitmentIndex", 0, Json.MAX_INTEGER))
                        : OptionalLong.empty(),
                definition.objects("resolvedDependencies", MOST_INPUTS, Dependency::read),
                byproduct(byproducts, "log"),
                byproduct(byproducts, "environment"),
                metadata.string("startedOn", Instants::parse),
                metadata.string("finishedOn", Instants::parse),
                Optional.ofNullable(result.json().members().get("link")).flatMap(LinkSignature::read),
                evidence(run.object("builder").json()));
        run.object("builder").literal("id", BUILDERS + proof.builder());
        metadata.literal("invocationId", proof.round() + "/" + proof.builder());
        if (!proof.subjects().equals(statement.subjects())) {
            throw new MalformedException(INPUT, "names other subjects than its outputs");
        }
        return proof;
    }

    /** Who counts the proof finds evidence by its key, and does not care what else stands there. */
    private static Optional<Sha256> evidence(Json.Obj machine) {
        return machine.members().get("builderDependencies") instanceof Json.Arr(List<Json> named)
                ? named.stream()
                        .flatMap(one -> Dependency.find(one).stream())
                        .filter(one -> one.uri().equals(EVIDENCE + one.sha256()))
                        .map(Dependency::sha256)
                        .findFirst()
                : Optional.empty();
    }

    private static Outcome outcome(Fields result) throws MalformedException {
        String word = result.string("outcome");
        if (word.equals("BUILT")) {
            return new Outcome.Built(OutputSet.read(result));
        }
        FailureClass failure = result.string("outcome", BuildProof::failureClass);
        return new Outcome.Failed(failure, result.string("detail", BuildProof::bounded));
    }

    private static FailureClass failureClass(String word) {
        try {
            return FailureClass.valueOf(word);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be BUILT or a failure class", e);
        }
    }

    private static String bounded(String text) {
        if (text.length() > LONGEST_DETAIL) {
            throw new IllegalArgumentException("must be at most " + LONGEST_DETAIL + " characters");
        }
        return text;
    }

    private static Sha256 byproduct(List<Byproduct> byproducts, String name) throws MalformedException {
        List<Byproduct> found =
                byproducts.stream().filter(b -> b.name().equals(name)).toList();
        if (found.size() != 1) {
            throw new MalformedException(INPUT, "must name one byproduct " + name);
        }
        return found.getFirst().sha256();
    }
}
