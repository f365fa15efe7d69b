package dev.quorate.it.sim;

import dev.quorate.digest.Sha256;
import dev.quorate.json.MalformedException;
import dev.quorate.policy.Assurance;
import dev.quorate.policy.Dissent;
import dev.quorate.policy.Distinct;
import dev.quorate.policy.Policy;
import dev.quorate.proof.Outcome;
import dev.quorate.proof.Output;
import dev.quorate.proof.OutputSet;
import dev.quorate.quantity.Span;
import dev.quorate.round.BuilderId;
import dev.quorate.spec.RebuildSpec;
import dev.quorate.spec.RelativePath;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.SignedTrust;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a seed makes of a run.
 *
 * @param builders how many a round enrols
 * @param right what an honest builder may make; more than one if the build is not reproducible
 * @param faults one in so many disk operations and transactions fails; none for 0
 * @param witnessing those whom policy and trust root name
 */
record Setting(
        Policy policy,
        SignedTrust trust,
        int builders,
        Map<BuilderId, Character> characters,
        List<Outcome.Built> right,
        List<RebuildSpec> specs,
        int faults,
        Network.Weather weather,
        Witnessing witnessing) {
    static final List<RebuildSpec> SPECS = List.of(spec("1.0"), spec("2.0"));
    static final Outcome.Built EVIL = built("evil");

    /** How a builder behaves. */
    enum Character {
        HONEST,
        /** Follows the protocol, with the result that all bad builders agree on. */
        WRONG,
        /** Says whatever might do harm, under every token that it has or had. */
        LIAR,
        /** Commits and never reveals. */
        SILENT
    }

    /**
     * Draws one.
     *
     * @param hosts of its own, where the policy asks for measured hosts, so that nothing else of the seed changes by it
     */
    static Setting by(Chance chance, Optional<Chance> hosts) {
        int builders = chance.between(2, 5);
        int threshold = chance.between(2, builders);
        Map<BuilderId, Character> characters = new TreeMap<>();
        // Sometimes everybody is honest, sometimes hardly anybody.
        int bad = chance.below(4);
        Cast.BUILDERS
                .keySet()
                .forEach(id -> characters.put(
                        id,
                        chance.below(4) < bad
                                ? chance.of(List.of(Character.WRONG, Character.LIAR, Character.LIAR, Character.SILENT))
                                : Character.HONEST));
        List<Revocation> revocations = new ArrayList<>();
        if (chance.oneIn(6)) {
            String who = chance.of(List.copyOf(Cast.BUILDERS.keySet())).text();
            var since = Cast.START.plusSeconds(chance.below(1200));
            revocations.add(new Revocation(Revocation.Kind.BUILDER, who, since, "a test"));
        }
        Distinct distinct = chance.oneIn(3) ? new Distinct(2, 1, 1) : Distinct.ANY;
        Dissent dissent = chance.of(List.of(Dissent.BLOCKS, Dissent.RECORDED));
        return new Setting(
                new Policy(
                        threshold,
                        distinct,
                        hosts.isPresent() ? Assurance.MEASURED : Assurance.NONE,
                        dissent,
                        0,
                        Span.parse("90d")),
                hosts.map(own -> Cast.trustWithHosts(revocations, own)).orElseGet(() -> Cast.trust(revocations)),
                builders,
                characters,
                chance.oneIn(5) ? List.of(built("good"), built("good, too")) : List.of(built("good")),
                SPECS.subList(0, chance.between(1, 2)),
                chance.of(List.of(0, 0, 30, 150)),
                Network.Weather.by(chance),
                Witnessing.NONE);
    }

    /** The same with witnesses, whom policy and trust root name. */
    Setting witnessed(Witnessing by) {
        return new Setting(
                new Policy(
                        policy.threshold(),
                        policy.distinct(),
                        policy.hosts(),
                        policy.dissent(),
                        by.required(),
                        policy.freshness()),
                Cast.sign(trust.trust().edit().witnesses(by.keys()).done()),
                builders,
                characters,
                right,
                specs,
                faults,
                weather,
                by);
    }

    /** The same with a time-stamping authority, which the trust root names. */
    Setting stamped() {
        return new Setting(
                policy,
                Cast.sign(trust.trust()
                        .edit()
                        .timeAuthorities(List.of(SimulatedAuthority.TRUSTED))
                        .done()),
                builders,
                characters,
                right,
                specs,
                faults,
                weather,
                witnessing);
    }

    /** Whether an authority's token is the time of a certificate: nobody looks at one where witnesses tell it. */
    boolean asksForToken() {
        return policy.witnesses() == 0 && !trust.trust().timeAuthorities().isEmpty();
    }

    /** The same where everybody is honest, nothing is revoked and nothing breaks. */
    Setting quiet() {
        Map<BuilderId, Character> honest = new TreeMap<>(characters);
        honest.replaceAll((id, character) -> Character.HONEST);
        return new Setting(
                policy,
                Cast.trust(1, trust.trust().builders(), List.of(), Optional.empty()),
                builders,
                honest,
                right.subList(0, 1),
                specs,
                0,
                Network.Weather.FAIR,
                Witnessing.NONE);
    }

    /** Whether votes count only from machines that show their state. */
    boolean asksForHosts() {
        return policy.hosts() != Assurance.NONE;
    }

    Character character(BuilderId builder) {
        return characters.get(builder);
    }

    static Outcome.Built built(String content) {
        var file = new Output.File(new RelativePath("hello"), true, content.length(), Sha256.of(content));
        return new Outcome.Built(new OutputSet(List.of(file)));
    }

    private static RebuildSpec spec(String version) {
        String yaml = """
                format: quorate/rebuild/v1
                name: hello
                version: "%s"
                platform: linux/amd64
                environment: {debian: bookworm}
                sources: [{inline: hello.c, text: "int main(void) { return 0; }"}]
                build: {kind: script, directory: /build/hello, script: make}
                outputs: [hello]
                limits: {time: 1m, memory: 1GiB, disk: 1GiB, log: 1MiB}
                locked:
                  - {role: environment, path: gcc.deb, from: "pkg:deb/debian/gcc@12?arch=amd64", size: 3, sha256: %s}
                """.formatted(version, Sha256.of("gcc").hex());
        try {
            return RebuildSpec.parse(yaml.getBytes(StandardCharsets.UTF_8), "hello.rebuild.yaml");
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }
}
