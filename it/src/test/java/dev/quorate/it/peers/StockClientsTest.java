package dev.quorate.it.peers;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.quorate.certificate.Certificate;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.fixture.Specs;
import dev.quorate.it.cluster.CommandLine;
import dev.quorate.it.rounds.CertifiedRound;
import dev.quorate.it.time.OpensslAuthority;
import dev.quorate.json.CanonicalJson;
import dev.quorate.proof.BuildProof;
import dev.quorate.proof.Output;
import dev.quorate.proof.OutputSet;
import dev.quorate.spec.RelativePath;
import dev.quorate.trust.PcrReference;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.Tpm2Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** cosign and sigstore-js accept each proof and the certificate of a kit, and none of their tampered twins. */
@Tag("peers")
class StockClientsTest {
    private static final String ARTIFACT = "what they all built\n";

    @TempDir
    Path directory;

    /** A line of the kit with what a client needs beside it. */
    private record Line(String name, int number, P256Key key, String predicateType) {}

    @TestFactory
    Stream<DynamicTest> cosign() throws Exception {
        return cases(cosignOrNot());
    }

    @TestFactory
    Stream<DynamicTest> sigstoreJs() throws Exception {
        return cases(sigstoreJsOrNot());
    }

    private static StockClient cosignOrNot() throws InterruptedException {
        try {
            return new Cosign(DebianTree.sid());
        } catch (IOException e) {
            return PeerCache.missing("cosign", e);
        }
    }

    private static StockClient sigstoreJsOrNot() throws InterruptedException {
        try {
            return SigstoreJs.ofNpm();
        } catch (IOException e) {
            return PeerCache.missing("@sigstore/verify", e);
        }
    }

    private Stream<DynamicTest> cases(StockClient client) throws Exception {
        var file = new Output.File(new RelativePath("hello"), true, ARTIFACT.length(), Sha256.of(ARTIFACT));
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(120);
        CertifiedRound round = stamped(CertifiedRound.of(start, 3, new OutputSet(List.of(file))));
        Files.write(directory.resolve("trust.json"), round.trust().bytes());
        new CommandLine(directory).require("trust", "show", "trust.json", "--sigstore", "-o", "trusted_root.json");
        return Stream.concat(ofAHost(client), lines(client, round));
    }

    private Stream<DynamicTest> lines(StockClient client, CertifiedRound round) {
        return Stream.of(
                        new Line("proof", round.proofLine(0), round.builders().get(0), BuildProof.TYPE),
                        new Line(
                                "last-proof",
                                round.proofLine(2),
                                round.builders().get(2),
                                BuildProof.TYPE),
                        new Line("certificate", round.certificateLine(), round.certifier(), Certificate.TYPE))
                .flatMap(line -> cases(client, line, text(round, line)));
    }

    /** A proof with a key of one round, as {@code quorate export proof} writes it: bundle and key lie beside each other. */
    private Stream<DynamicTest> ofAHost(StockClient client) throws Exception {
        Path here = Files.createDirectory(directory.resolve("host"));
        SoftTpm[] tpms = {new SoftTpm("t1"), new SoftTpm("t2")};
        RoundScript round = new RoundScript(Policies.measuredHosts(2), 0)
                .profile(new Tpm2Profile("p", List.of(new PcrReference(7, List.of(tpms[0].pcr(7)))), List.of(), false))
                .measured("b1", tpms[0])
                .measured("b2", tpms[1])
                .open()
                .attest("b1", tpms[0], 7)
                .attest("b2", tpms[1], 7)
                .agree(Specs.built(ARTIFACT))
                .certify(Instant.now().truncatedTo(ChronoUnit.SECONDS));
        Files.write(here.resolve("kit"), round.kit());
        Files.write(here.resolve("trust.json"), round.signedTrust().bytes());
        Files.write(
                here.resolve("policy.yaml"), CanonicalJson.bytes(round.policy().json()));
        var commands = new CommandLine(here);
        commands.require("trust", "show", "trust.json", "--sigstore", "-o", "trusted_root.json");
        commands.require("export", "proof", "kit", "-o", "out", "--trust", "trust.json", "--policy", "policy.yaml");
        Path given = Files.createDirectory(here.resolve("given"));
        Files.copy(here.resolve("trusted_root.json"), given.resolve("trusted_root.json"));
        Files.copy(here.resolve("out/5-proof.pub"), given.resolve("key.pub"));
        Files.copy(here.resolve("out/5-proof.sigstore.json"), given.resolve("bundle.sigstore.json"));
        Files.writeString(given.resolve("artifact"), ARTIFACT);
        return Stream.of(DynamicTest.dynamicTest("a proof with a key of one round is accepted", () -> {
            client.verify(given, BuildProof.TYPE).assertAccepted();
            Files.writeString(given.resolve("key.pub"), round.builderKey("b1").pem());
            client.verify(given, BuildProof.TYPE).assertRefused();
        }));
    }

    private CertifiedRound stamped(CertifiedRound round) throws Exception {
        try (OpensslAuthority tsa = OpensslAuthority.start(directory.resolve("tsa"))) {
            return round.with(
                    tsa.stamp(round.kit().bundles().get(round.certificateLine())),
                    SignedTrust.unsigned(round.trust()
                            .trust()
                            .edit()
                            .timeAuthorities(List.of(tsa.authority()))
                            .done()));
        }
    }

    private static String text(CertifiedRound round, Line line) {
        return CanonicalJson.write(round.kit().bundles().get(line.number()).json());
    }

    private Stream<DynamicTest> cases(StockClient client, Line line, String bundle) {
        Stream<DynamicTest> honest = Stream.of(
                DynamicTest.dynamicTest(
                        line.name() + " is accepted",
                        accepted(client, line, place(line, "accepted", bundle, ARTIFACT))),
                DynamicTest.dynamicTest(
                        line.name() + " over another artifact is refused",
                        refused(client, line, place(line, "artifact", bundle, "something else\n"))),
                DynamicTest.dynamicTest(
                        line.name() + " as another kind of statement is refused",
                        refused(
                                client,
                                new Line(line.name(), line.number(), line.key(), "https://example.org/other/v1"),
                                place(line, "type", bundle, ARTIFACT))));
        Stream<DynamicTest> tampered = Stream.of(Tampering.values())
                .filter(t -> t.fits(bundle))
                .map(tampering -> {
                    String twin = tampering.apply(bundle);
                    assertNotEquals(bundle, twin, tampering.name());
                    return DynamicTest.dynamicTest(
                            line.name() + " with other " + tampering + " is refused",
                            refused(client, line, place(line, tampering.name(), twin, ARTIFACT)));
                });
        return Stream.concat(honest, tampered);
    }

    private static Executable accepted(StockClient client, Line line, Path given) {
        return () -> client.verify(given, line.predicateType()).assertAccepted();
    }

    private static Executable refused(StockClient client, Line line, Path given) {
        return () -> client.verify(given, line.predicateType()).assertRefused();
    }

    private Path place(Line line, String name, String bundle, String artifact) {
        try {
            Path given = Files.createDirectory(directory.resolve(line.name() + "-" + name));
            Files.copy(directory.resolve("trusted_root.json"), given.resolve("trusted_root.json"));
            Files.writeString(given.resolve("key.pub"), line.key().pem());
            Files.writeString(given.resolve("bundle.sigstore.json"), bundle);
            Files.writeString(given.resolve("artifact"), artifact);
            return given;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
