package dev.quorate.verify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quorate.certificate.Certificate;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Spoken;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.fixture.Vectors;
import dev.quorate.fuzz.Fuzzed;
import dev.quorate.fuzz.Target;
import dev.quorate.host.HostChange;
import dev.quorate.host.HostEvidence;
import dev.quorate.host.HostState;
import dev.quorate.intoto.Statement;
import dev.quorate.json.MalformedException;
import dev.quorate.proof.BuildProof;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Commitment;
import dev.quorate.round.RoundOpening;
import dev.quorate.round.Submission;
import dev.quorate.trust.HostId;
import dev.quorate.trust.SignedTrust;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Everything that is signed, and all of it together. */
class StatementsFuzzTest implements Fuzzed {
    private interface Parser<T> {
        T parse(VerifiedPayload payload) throws MalformedException;
    }

    @Override
    public List<Target> targets() throws MalformedException {
        return List.of(
                target("opening", RoundOpening::parse, RoundOpening::statement, "agreement_ok", RoundOpening.TYPE),
                target("commitment", Commitment::parse, Commitment::statement, "agreement_ok", Commitment.TYPE),
                target("proof", BuildProof::parse, BuildProof::statement, "agreement_ok", BuildProof.TYPE)
                        .and(Vectors.payloads("one_build_failed_ok", BuildProof.TYPE)),
                target(
                        "statement-certificate",
                        Certificate::parse,
                        Certificate::statement,
                        "agreement_ok",
                        Certificate.TYPE),
                target(
                        "host-evidence",
                        HostEvidence::parse,
                        HostEvidence::statement,
                        "measured_hosts_ok",
                        HostEvidence.TYPE),
                submission(),
                change(),
                Target.of("verify-kit", StatementsFuzzTest::kit, Vectors.kit("agreement_ok"))
                        .costly(),
                Target.of("verify-trust", StatementsFuzzTest::trust, Vectors.file("agreement_ok", "trust.json"))
                        .costly());
    }

    private static <T> Target target(
            String name, Parser<T> parser, Function<T, Statement> writer, String vector, String kind)
            throws MalformedException {
        return Target.of(name, bytes -> again(parser, writer, bytes), Vectors.payloads(vector, kind));
    }

    /** What a maintainer signs is nearly what opens a round. */
    private static Target submission() throws MalformedException {
        RoundOpening opening = RoundOpening.parse(Spoken.bySomebody(
                Vectors.payloads("agreement_ok", RoundOpening.TYPE).getFirst()));
        byte[] seed = new Submission(opening.spec(), List.of()).statement().bytes();
        return Target.of("submission", bytes -> again(Submission::parse, Submission::statement, bytes), seed);
    }

    private static Target change() {
        var change = new HostChange(
                new BuilderId("b1"),
                "o",
                "z",
                Optional.of(new HostId(Sha256.of("host"))),
                HostState.values()[0],
                "because",
                Vectors.now("agreement_ok"),
                Sha256.of("evidence"));
        return Target.of(
                "host-change",
                bytes -> again(HostChange::parse, HostChange::statement, bytes),
                change.statement().bytes());
    }

    /** What was read, and is signed again, reads as the same. */
    private static <T> void again(Parser<T> parser, Function<T, Statement> writer, byte[] bytes)
            throws MalformedException {
        T value = parser.parse(Spoken.bySomebody(bytes));
        byte[] written = writer.apply(value).bytes();
        T second = parser.parse(Spoken.bySomebody(written));
        assertArrayEquals(written, writer.apply(second).bytes());
    }

    private static Report.Outcome outcome(byte[] trust, byte[] kit) throws MalformedException {
        var verifier = new Verifier(
                SignedTrust.parse(trust, "trust"),
                Vectors.policy("agreement_ok"),
                Vectors.now("agreement_ok"),
                Optional.empty());
        byte[] artifact = Vectors.file("agreement_ok", "artifact");
        return verifier.verify(List.of(new Artifact("artifact", Sha256.of(artifact))), kit, "kit")
                .outcome();
    }

    /** A kit that verifies has each of the golden kit's lines. */
    private static void kit(byte[] kit) throws MalformedException {
        if (outcome(Vectors.file("agreement_ok", "trust.json"), kit) == Report.Outcome.VERIFIED) {
            Set<String> lines = new HashSet<>(Arrays.asList(text(kit).split("\n")));
            assertEquals(
                    true,
                    lines.containsAll(
                            Arrays.asList(text(Vectors.kit("agreement_ok")).split("\n"))));
        }
    }

    /** Nobody but the holders of root keys makes a trust root that a kit verifies under. */
    private static void trust(byte[] trust) throws MalformedException {
        if (outcome(trust, Vectors.kit("agreement_ok")) == Report.Outcome.VERIFIED) {
            assertEquals(
                    Vectors.trust("agreement_ok").trust().json(),
                    SignedTrust.parse(trust, "fuzz").trust().json());
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
