package dev.quorate.cli.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.cli.ExitCode;
import dev.quorate.cli.Shell;
import dev.quorate.dsse.Base64Text;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.log.MerkleTree;
import dev.quorate.log.NoteAlgorithm;
import dev.quorate.log.NoteKey;
import dev.quorate.log.NoteSigner;
import dev.quorate.log.TilePath;
import dev.quorate.log.TreeHead;
import dev.quorate.trust.RootKey;
import dev.quorate.trust.RootKeys;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TrustRoot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LogCheckTest {
    @TempDir
    Path directory;

    private Shell shell;
    private TileTree log;
    private String key;

    @BeforeEach
    void makeLog() throws Exception {
        shell = new Shell(directory).variable("HOME", directory.toString());
        log = new TileTree(directory.resolve("log"), TileTree.signer("log.example", NoteAlgorithm.ED25519));
        key = log.signer().key().vkey();
    }

    private Shell.Said check(String... more) {
        return checkAt("log", more);
    }

    private Shell.Said checkAt(String where, String... more) {
        List<String> words =
                new java.util.ArrayList<>(List.of("log", "check", where, "--key", key, "--state", "state", "--json"));
        words.addAll(List.of(more));
        return shell.run(words.toArray(String[]::new));
    }

    private static Fields json(Shell.Said said) throws Exception {
        return Fields.of(JsonReader.read(said.onlyLine().getBytes(StandardCharsets.UTF_8), 1 << 20, "out"), "out");
    }

    private void assertAlarm(Finding finding, Shell.Said said) throws Exception {
        assertEquals(ExitCode.NEGATIVE, said.code(), said.out() + said.err());
        assertEquals(finding.name(), json(said).string("finding"), said.out());
    }

    private static List<byte[]> honest(int count) {
        return TileTree.entries("entry", count);
    }

    @Test
    void aLogThatGrowsIsConsistentFromLookToLook() throws Exception {
        for (int size : new int[] {1, 5, 255, 256, 257, 700, 700}) {
            log.serve(honest(size));
            Shell.Said said = check();
            assertEquals(ExitCode.OK, said.code(), said.out() + said.err());
            assertEquals("CONSISTENT", json(said).string("finding"));
            assertEquals(size, json(said).integer("recomputed", 0, 10_000));
            assertArrayEquals(
                    Files.readAllBytes(directory.resolve("log/checkpoint")),
                    Files.readAllBytes(directory.resolve("state")));
        }
    }

    @Test
    void aLogIsReadOverHttpAsFromItsDirectory() throws Exception {
        log.serve(honest(600));
        try (var server = new FileServer(directory.resolve("log"))) {
            assertEquals(ExitCode.OK, checkAt(server.url()).code());
            log.tamper("tile/1/000.p/2");
            assertAlarm(Finding.TILES_WRONG, checkAt(server.url()));
        }
    }

    @Test
    void aPartialTileThatIsGoneIsTheBeginningOfTheFullOne() throws Exception {
        log.tiles(honest(256));
        log.checkpoint(new TreeHead(
                200,
                MerkleTree.root(honest(200).stream().map(MerkleTree::leafHash).toList())));
        Shell.Said said = check();
        assertEquals(ExitCode.OK, said.code(), said.out() + said.err());
    }

    @Test
    void aForkIsFoundAndBothHeadsAreKept() throws Exception {
        log.serve(honest(300));
        check();
        byte[] state = Files.readAllBytes(directory.resolve("state"));
        log.serve(TileTree.entries("other", 400));
        Shell.Said said = check();
        assertAlarm(Finding.FORK, said);
        assertArrayEquals(state, Files.readAllBytes(directory.resolve("state")), "the state stays");
        assertEquals("state.evidence-1.json", json(said).string("evidence"));
        Fields evidence = Fields.of(JsonReader.read(shell.read("state.evidence-1.json"), "evidence"), "evidence");
        assertEquals(new String(state, StandardCharsets.UTF_8), evidence.string("known"));
        assertArrayEquals(
                Files.readAllBytes(directory.resolve("log/checkpoint")), evidence.string("served", Base64Text::decode));
        assertFalse(evidence.strings("proof", 64, text -> text).isEmpty());
    }

    @Test
    void twoHeadsOfOneSizeAreAFork() throws Exception {
        log.serve(honest(3));
        check();
        log.serve(TileTree.entries("other", 3));
        assertAlarm(Finding.FORK, check());
    }

    @Test
    void theSameEvidenceIsKeptOnceAndOtherEvidenceBesideIt() throws Exception {
        log.serve(honest(3));
        check();
        log.serve(TileTree.entries("other", 3));
        check();
        assertEquals("state.evidence-1.json", json(check()).string("evidence"));
        log.serve(TileTree.entries("third", 3));
        assertEquals("state.evidence-2.json", json(check()).string("evidence"));
    }

    @Test
    void aLogThatWasRolledBackIsFound() throws Exception {
        log.serve(honest(10));
        check();
        log.serve(honest(7));
        assertAlarm(Finding.ROLLBACK, check());
    }

    @Test
    void anEntryThatWasRewrittenIsFound() throws Exception {
        log.serve(honest(300));
        check();
        log.tamper("tile/entries/000");
        assertAlarm(Finding.TILES_WRONG, check());
    }

    @Test
    void anEntryAndItsTilesRewrittenUnderTheSameHeadAreFound() throws Exception {
        log.serve(honest(5));
        byte[] signed = Files.readAllBytes(directory.resolve("log/checkpoint"));
        log.serve(TileTree.entries("other", 5));
        log.write("checkpoint", signed);
        Shell.Said said = check();
        assertAlarm(Finding.TILES_WRONG, said);
        assertTrue(Files.notExists(directory.resolve("state")), "no state of a log that was never good");
    }

    @Test
    void tilesThatDoNotLeadToTheNewHeadAreNoProofOfAFork() throws Exception {
        log.serve(honest(300));
        check();
        log.serve(honest(400));
        log.tamper(TilePath.hashes(0, 1, 400 - 256).toString());
        assertAlarm(Finding.TILES_WRONG, check());
    }

    @Test
    void aHeadByAnotherKeyIsNotBelieved() throws Exception {
        new TileTree(log.directory(), TileTree.signer("log.example", NoteAlgorithm.ED25519)).serve(honest(3));
        assertAlarm(Finding.CHECKPOINT_INVALID, check());
    }

    @Test
    void aLogThatCannotBeReadAccusesNobody() throws Exception {
        var server = new FileServer(directory);
        server.close();
        Shell.Said said = checkAt(server.url());
        assertEquals(ExitCode.USAGE, said.code(), said.out());
        assertTrue(said.err().contains("cannot be read"), said.err());
        log.serve(honest(3));
        Files.delete(directory.resolve("log/tile/entries/000.p/3"));
        assertEquals(ExitCode.USAGE, check().code());
        assertTrue(Files.notExists(directory.resolve("state")));
    }

    @Test
    void anotherLogsStateIsRefused() throws Exception {
        log.serve(honest(3));
        check();
        key = TileTree.signer("log.example", NoteAlgorithm.ED25519).key().vkey();
        Shell.Said said = check();
        assertEquals(ExitCode.USAGE, said.code());
        assertTrue(said.err().contains("state: is not a head"), said.err());
    }

    @Test
    void theTrustRootSaysWhoMustHaveCosigned() throws Exception {
        NoteSigner witness = TileTree.signer("witness.example", NoteAlgorithm.COSIGNATURE_V1);
        trust(List.of(witness.key()));
        log.serve(honest(3));
        String[] words = {"log", "check", "log", "--trust", "trust.json", "--json"};
        assertAlarm(Finding.CHECKPOINT_INVALID, shell.run(words));
        log.serve(honest(3), witness);
        Shell.Said said = shell.run(words);
        assertEquals(ExitCode.OK, said.code(), said.out() + said.err());
        assertEquals(List.of("witness.example"), json(said).object("log").strings("witnesses", 9, name -> name));
    }

    @Test
    void aTrustRootThatNobodySignedIsRefused() throws Exception {
        shell.write(
                "trust.json",
                SignedTrust.unsigned(trustRoot(List.of(), signer())).bytes());
        log.serve(honest(3));
        assertEquals(
                ExitCode.USAGE,
                shell.run("log", "check", "log", "--trust", "trust.json").code());
    }

    @Test
    void aKeyAndATrustRootAreOneTooMany() throws Exception {
        trust(List.of());
        assertEquals(ExitCode.USAGE, check("--trust", "trust.json").code());
        assertEquals(ExitCode.USAGE, shell.run("log", "check", "log").code());
    }

    private void trust(List<NoteKey> witnesses) throws Exception {
        KeyPairSigner root = signer();
        shell.write(
                "trust.json",
                SignedTrust.unsigned(trustRoot(witnesses, root)).sign(root).bytes());
    }

    private static KeyPairSigner signer() {
        return new KeyPairSigner(KeyPairSigner.generate());
    }

    private TrustRoot trustRoot(List<NoteKey> witnesses, KeyPairSigner root) {
        return new TrustRoot(
                1,
                Instant.parse("2027-11-23T00:00:00Z"),
                new RootKeys(1, List.of(new RootKey("root", root.publicKey()))),
                List.of(),
                List.of(),
                List.of(),
                List.of(log.signer().key()),
                witnesses,
                List.of());
    }
}
