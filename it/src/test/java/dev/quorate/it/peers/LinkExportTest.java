package dev.quorate.it.peers;

import dev.quorate.digest.Sha256;
import dev.quorate.it.cluster.CommandLine;
import dev.quorate.it.rounds.CertifiedRound;
import dev.quorate.json.CanonicalJson;
import dev.quorate.proof.Output;
import dev.quorate.proof.OutputSet;
import dev.quorate.spec.RelativePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's in-toto-verify and repro-threshold read the links that {@code quorate export links} writes. */
@Tag("peers")
class LinkExportTest {
    private static final String ARTIFACT = "what they all built\n";

    @TempDir
    Path directory;

    @BeforeEach
    void kit() throws Exception {
        // A name with a space and with signs that are patterns elsewhere must mean only itself.
        List<Output> files = List.of(file("hello [1].txt", ARTIFACT), file("hello", ARTIFACT));
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(120);
        CertifiedRound round = CertifiedRound.of(start, 3, new OutputSet(files));
        Files.write(directory.resolve("kit"), round.kit().bytes());
        Files.write(directory.resolve("trust.json"), round.trust().bytes());
        Files.write(
                directory.resolve("policy.yaml"),
                CanonicalJson.bytes(round.policy().json()));
    }

    private static Output file(String name, String content) {
        return new Output.File(new RelativePath(name), false, content.length(), Sha256.of(content));
    }

    /** Exports in the name of somebody and puts the artifacts beside it. */
    private Path exportAs(String name) throws IOException, GeneralSecurityException {
        byte[] secret = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        String pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(secret)
                + "\n-----END PRIVATE KEY-----\n";
        Files.writeString(directory.resolve(name + ".key"), pem);
        new CommandLine(directory)
                .require(
                        "export",
                        "links",
                        "kit",
                        "-o",
                        name,
                        "--trust",
                        "trust.json",
                        "--policy",
                        "policy.yaml",
                        "--key",
                        name + ".key");
        Path exported = directory.resolve(name);
        Files.writeString(exported.resolve("hello"), ARTIFACT);
        Files.writeString(exported.resolve("hello [1].txt"), ARTIFACT);
        return exported;
    }

    private static Path link(Path exported) throws IOException {
        try (var files = Files.list(exported)) {
            return files.filter(path -> path.toString().endsWith(".link"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static DebianTree inToto() throws InterruptedException {
        try {
            return DebianTree.of("bookworm", "in-toto", "coreutils");
        } catch (IOException e) {
            return PeerCache.missing("in-toto-verify", e);
        }
    }

    private static DebianTree sid() throws InterruptedException {
        try {
            return DebianTree.sid();
        } catch (IOException e) {
            return PeerCache.missing("repro-threshold", e);
        }
    }

    private static Ran inTotoVerify(DebianTree tree, Path exported) throws IOException, InterruptedException {
        List<String> words = List.of(
                "/usr/bin/in-toto-verify", "-v", "-l", "root.layout", "-k", "functionary.in-toto.pub", "-t", "ed25519");
        return tree.run(exported, words);
    }

    @Test
    void inTotoVerifyAcceptsWhatWasVerified() throws Exception {
        DebianTree tree = inToto();
        inTotoVerify(tree, exportAs("alice")).assertAccepted();
    }

    @Test
    void inTotoVerifyRefusesAnotherFile() throws Exception {
        DebianTree tree = inToto();
        Path exported = exportAs("alice");
        Files.writeString(exported.resolve("hello [1].txt"), "something else\n");
        inTotoVerify(tree, exported).assertRefused();
    }

    @Test
    void inTotoVerifyRefusesAMissingFile() throws Exception {
        DebianTree tree = inToto();
        Path exported = exportAs("alice");
        Files.delete(exported.resolve("hello"));
        inTotoVerify(tree, exported).assertRefused();
    }

    @Test
    void inTotoVerifyRefusesAnEditedLink() throws Exception {
        DebianTree tree = inToto();
        Path exported = exportAs("alice");
        Path link = link(exported);
        String other = Sha256.of("something else\n").hex();
        Files.writeString(exported.resolve("hello"), "something else\n");
        Files.writeString(exported.resolve("hello [1].txt"), "something else\n");
        Files.writeString(
                link, Files.readString(link).replace(Sha256.of(ARTIFACT).hex(), other), StandardCharsets.UTF_8);
        inTotoVerify(tree, exported).assertRefused();
    }

    @Test
    void inTotoVerifyRefusesSomebodyElsesLink() throws Exception {
        DebianTree tree = inToto();
        Path alice = exportAs("alice");
        Path link = link(alice);
        Files.delete(link);
        Files.copy(link(exportAs("bob")), link);
        inTotoVerify(tree, alice).assertRefused();
    }

    @Test
    void reproThresholdCountsEachVerifierOnce() throws Exception {
        DebianTree tree = sid();
        List<String> three = List.of("alice", "bob", "carol");
        for (String name : three) {
            exportAs(name);
        }
        String key = "functionary.repro-threshold.pem";
        for (int threshold = 1; threshold <= 3; threshold++) {
            reproThreshold(tree, three, key, threshold).assertAccepted();
        }
        reproThreshold(tree, three, key, 4).assertRefused();
        reproThreshold(tree, List.of("alice", "alice"), key, 2).assertRefused();
    }

    @Test
    void reproThresholdRefusesAnotherFile() throws Exception {
        DebianTree tree = sid();
        Path exported = exportAs("alice");
        Files.writeString(exported.resolve("hello"), "something else\n");
        reproThreshold(tree, List.of("alice"), "functionary.repro-threshold.pem", 1)
                .assertRefused();
    }

    /** Why there are two PEM files: should this fail one day, the odd one can go. */
    @Test
    void reproThresholdDoesNotCountACorrectKey() throws Exception {
        DebianTree tree = sid();
        exportAs("alice");
        reproThreshold(tree, List.of("alice"), "functionary.rfc8410.pem", 1).assertRefused();
    }

    private Ran reproThreshold(DebianTree tree, List<String> names, String keyFile, int threshold)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("/usr/bin/repro-threshold", "plumbing", "verify"));
        for (String name : names) {
            words.addAll(List.of("-S", name + "/" + keyFile));
            words.addAll(
                    List.of("-A", name + "/" + link(directory.resolve(name)).getFileName()));
        }
        words.addAll(List.of("-t", String.valueOf(threshold), names.getFirst() + "/hello"));
        return tree.run(directory, words);
    }
}
