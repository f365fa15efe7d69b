package dev.quorate.cli.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.cli.ExitCode;
import dev.quorate.cli.Shell;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.fixture.Specs;
import dev.quorate.intoto.Statement;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.kit.Bundle;
import dev.quorate.kit.Kit;
import dev.quorate.log.CheckpointVerifier;
import dev.quorate.log.HashedRekord;
import dev.quorate.log.MerkleTree;
import dev.quorate.log.TlogProof;
import dev.quorate.log.TlogProofCheck;
import dev.quorate.trust.PcrReference;
import dev.quorate.trust.Tpm2Profile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandsTest {
    @TempDir
    Path directory;

    private Shell shell;

    @BeforeEach
    void shell() throws Exception {
        shell = new Shell(directory).at(InstantSource.fixed(RoundScript.START.plusSeconds(3600)));
        shell.write("ed25519.pem", pem("Ed25519"));
    }

    private static byte[] pem(String algorithm) throws Exception {
        byte[] der = KeyPairGenerator.getInstance(algorithm)
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        String body = Base64.getEncoder().encodeToString(der);
        return ("-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static RoundScript three() {
        return new RoundScript(Policies.threshold(2), 1)
                .builder("b1")
                .builder("b2")
                .builder("b3")
                .open();
    }

    private void write(RoundScript round) throws IOException {
        shell.write("kit", round.kit());
        shell.write("trust.json", round.signedTrust().bytes());
        shell.write("policy.yaml", CanonicalJson.bytes(round.policy().json()));
    }

    private Shell.Said export(String what, String... more) {
        List<String> words = new java.util.ArrayList<>(
                List.of("export", what, "kit", "-o", "out", "--trust", "trust.json", "--policy", "policy.yaml"));
        words.addAll(List.of(more));
        return shell.run(words.toArray(String[]::new));
    }

    private byte[] bytes(String file) throws IOException {
        return Files.readAllBytes(directory.resolve("out").resolve(file));
    }

    @Test
    void everyProofOfAKitVerifiesAlone() throws Exception {
        RoundScript round = three().agree(Specs.built("good")).certify();
        write(round);
        Shell.Said said = export("proof");
        assertEquals(ExitCode.OK, said.code(), said.err());
        var verifier = new CheckpointVerifier(
                round.trust().logs().getFirst(), round.trust().witnesses(), 1);
        List<String> names = List.of(
                "0-opening",
                "1-commitment",
                "2-commitment",
                "3-commitment",
                "4-proof",
                "5-proof",
                "6-proof",
                "7-certificate");
        for (String name : names) {
            TlogProof proof = TlogProof.parse(bytes(name + ".tlog-proof"), name);
            byte[] entry = bytes(name + ".entry");
            assertInstanceOf(TlogProofCheck.Included.class, proof.verify(MerkleTree.leafHash(entry), verifier), name);
            entry[0] ^= 1;
            assertInstanceOf(
                    TlogProofCheck.NotIncluded.class, proof.verify(MerkleTree.leafHash(entry), verifier), name);
            assertEquals(proof.checkpoint().toString(), new String(bytes("checkpoint"), StandardCharsets.UTF_8));
        }
    }

    /** b1 and b2 speak with keys that their TPMs vouch for, b3 with one whose evidence is refused, and b4 with its own. */
    @Test
    void aKeyOfOneRoundIsExportedWithWhatMakesItItsBuilders() throws Exception {
        SoftTpm[] tpms = {measured("t1"), measured("t2"), measured("t3").extend(7, "another key")};
        RoundScript round = new RoundScript(Policies.threshold(3), 0)
                .profile(new Tpm2Profile(
                        "p", List.of(new PcrReference(7, List.of(measured("t1").pcr(7)))), List.of(), false))
                .measured("b1", tpms[0])
                .measured("b2", tpms[1])
                .measured("b3", tpms[2])
                .builder("b4")
                .open();
        for (int i = 0; i < tpms.length; i++) {
            round.attest("b" + (i + 1), tpms[i], 7);
        }
        write(round.agree(Specs.built("good")).certify());
        Shell.Said said = export("proof");
        assertEquals(ExitCode.OK, said.code(), said.err());
        Map<String, Fields> signers = new LinkedHashMap<>();
        for (Fields signer : Fields.of(JsonReader.read(bytes("signers.json"), 1 << 20, "signers"), "signers")
                .objects("signers", 20, each -> each)) {
            signers.put(signer.string("entry"), signer);
        }
        assertEquals(
                List.of(
                        "0-opening",
                        "1-evidence",
                        "2-evidence",
                        "3-refused",
                        "4-commitment",
                        "5-commitment",
                        "6-refused",
                        "7-commitment",
                        "8-proof",
                        "9-proof",
                        "10-refused",
                        "11-proof",
                        "12-certificate"),
                List.copyOf(signers.keySet()));
        Fields proof = signers.get("8-proof");
        assertEquals("b1 1 measured p", words(proof, "builder", "evidence", "assurance", "profile"));
        assertEquals("b4", signers.get("11-proof").string("builder"));
        assertFalse(signers.get("11-proof").has("evidence"));
        assertEquals("b3", signers.get("10-refused").string("claims"));
        assertTrue(signers.get("10-refused").string("refusal").startsWith("PCR_UNEXPECTED: PCR 7"));
        // Whoever has these files alone finds the statement in the log, and its key in the evidence there.
        P256Key key = P256Key.parse(proof.string("key"));
        assertEquals(key.pem(), new String(bytes("8-proof.pub"), StandardCharsets.UTF_8));
        var verifier = new CheckpointVerifier(round.trust().logs().getFirst(), List.of(), 0);
        for (String name : List.of("8-proof", "1-evidence")) {
            Bundle bundle =
                    Kit.parse(bytes(name + ".sigstore.json"), name).bundles().getFirst();
            byte[] leaf = HashedRekord.leaf(
                    bundle.envelope().digest(), bundle.envelope().signature(), key.spki());
            assertArrayEquals(leaf, bytes(name + ".entry"));
            assertInstanceOf(
                    TlogProofCheck.Included.class,
                    TlogProof.parse(bytes(name + ".tlog-proof"), name).verify(MerkleTree.leafHash(leaf), verifier));
            assertTrue(bundle.envelope().verify(key).isPresent(), name);
        }
    }

    private static String words(Fields fields, String... names) throws MalformedException {
        List<String> words = new ArrayList<>();
        for (String name : names) {
            words.add(fields.string(name));
        }
        return String.join(" ", words);
    }

    private static SoftTpm measured(String endorsement) {
        return new SoftTpm(endorsement).measure(7, "secure boot");
    }

    @Test
    void theCertificateIsTheKitsLastLine() throws Exception {
        write(three().agree(Specs.built("good")).certify());
        assertEquals(ExitCode.OK, export("vsa").code());
        String kit = Files.readString(directory.resolve("kit"));
        String last = kit.lines().toList().getLast();
        assertEquals(last + "\n", new String(bytes("certificate.sigstore.json"), StandardCharsets.UTF_8));
        assertTrue(last.contains(new String(bytes("certificate.dsse.json"), StandardCharsets.UTF_8).strip()));
        assertEquals(
                1,
                Kit.parse(bytes("certificate.sigstore.json"), "kit").bundles().size());
    }

    @Test
    void aSummaryOfOnesOwnNeedsAKeyAndAName() throws Exception {
        write(three().agree(Specs.built("good")).certify());
        shell.write("ec.pem", pem("EC"));
        assertEquals(ExitCode.USAGE, export("vsa", "--key", "ec.pem").code());
        assertEquals(
                ExitCode.USAGE,
                export("vsa", "--verifier", "https://me.example").code());
        assertEquals(
                ExitCode.USAGE,
                export("vsa", "--key", "ec.pem", "--verifier", "me.example").code());
        assertFalse(Files.exists(directory.resolve("out")));
        assertEquals(ExitCode.OK, shell.run("trust", "key", "-o", "me.key").code());
        Shell.Said said = export("vsa", "--key", "me.key", "--verifier", "https://me.example");
        assertEquals(ExitCode.OK, said.code(), said.err());
        String pem = shell.read("me.key.pub");
        assertEquals(pem, new String(bytes("slsa-verifier.pub"), StandardCharsets.UTF_8));
        P256Key key = P256Key.parse(pem.replaceAll("-----[A-Z ]+-----|\n", ""));
        Envelope envelope = Envelope.parse(bytes("slsa-verifier.vsa.json"), "vsa");
        Statement statement = Statement.parse(envelope.verify(key).orElseThrow(), "vsa");
        String predicate = CanonicalJson.write(statement.predicate());
        assertTrue(predicate.contains("\"verifiedLevels\":[\"QUORATE_REPRODUCED_3_OF_3\"]"), predicate);
    }

    @Test
    void theLayoutEndsWhenTheCertificateIsStale() throws Exception {
        write(three().agree(Specs.built("good")).certify());
        assertEquals(
                ExitCode.OK,
                export("links", "--key", "ed25519.pem", "--name", "rebuild hello")
                        .code());
        String layout = new String(bytes("root.layout"), StandardCharsets.UTF_8);
        assertTrue(layout.contains("\"expires\":\"2027-02-21T12:01:00Z\""), layout);
        assertTrue(layout.contains("\"name\":\"rebuild hello\""), layout);
    }

    @Test
    void nothingIsExportedOfAKitThatDoesNotVerify() throws Exception {
        write(three().commit("b1", Specs.built("good"))
                .commit("b2", Specs.built("good"))
                .commit("b3", Specs.built("bad"))
                .reveal("b1", Specs.built("good"))
                .reveal("b2", Specs.built("good"))
                .reveal("b3", Specs.built("bad"))
                .certify());
        for (String what : List.of("proof", "vsa")) {
            Shell.Said said = export(what);
            assertEquals(ExitCode.NEGATIVE, said.code());
            assertTrue(said.out().contains("REFUSED   CONTESTED"), said.out());
        }
        assertEquals(ExitCode.NEGATIVE, export("links", "--key", "ed25519.pem").code());
        assertFalse(Files.exists(directory.resolve("out")));
    }

    @Test
    void anUndecidedRoundIsNotExported() throws Exception {
        write(three().commit("b1", Specs.built("good")));
        Shell.Said said = export("vsa", "--json");
        assertEquals(ExitCode.UNDECIDED, said.code(), said.err());
        assertTrue(said.onlyLine().contains("\"files\":[]"), said.out());
        assertFalse(Files.exists(directory.resolve("out")));
    }

    @Test
    void wrongInputIsNamed() throws Exception {
        write(three().agree(Specs.built("good")).certify());
        shell.write("ec.pem", pem("EC"));
        Shell.Said key = export("links", "--key", "ec.pem");
        assertEquals(ExitCode.USAGE, key.code());
        assertTrue(key.err().contains("ec.pem: is not an Ed25519 private key"), key.err());
        Shell.Said name = export("links", "--key", "ed25519.pem", "--name", "../x");
        assertEquals(ExitCode.USAGE, name.code());
        assertEquals(ExitCode.OK, export("vsa").code());
        Shell.Said again = export("vsa");
        assertEquals(ExitCode.USAGE, again.code());
        assertTrue(again.err().contains("is there and not empty"), again.err());
    }
}
