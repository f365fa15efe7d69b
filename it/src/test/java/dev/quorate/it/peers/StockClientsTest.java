package dev.quorate.it.peers;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.quorate.certificate.Certificate;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.it.cluster.CommandLine;
import dev.quorate.it.rounds.CertifiedRound;
import dev.quorate.it.time.OpensslAuthority;
import dev.quorate.json.CanonicalJson;
import dev.quorate.proof.BuildProof;
import dev.quorate.proof.Output;
import dev.quorate.proof.OutputSet;
import dev.quorate.spec.RelativePath;
import dev.quorate.trust.SignedTrust;
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

    private CertifiedRound stamped(CertifiedRound round) throws Exception {
        try (OpensslAuthority tsa = OpensslAuthority.start(directory.resolve("tsa"))) {
            return round.with(
                    tsa.stamp(round.kit().bundles().get(round.certificateLine())),
                    SignedTrust.unsigned(round.trust().trust().with(List.of(tsa.authority()))));
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
