package dev.quorate.cli.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.cli.Answer;
import dev.quorate.cli.Ending;
import dev.quorate.cli.ExitCode;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.Shell;
import dev.quorate.cli.Surroundings;
import dev.quorate.log.CheckpointVerifier;
import dev.quorate.log.NoteAlgorithm;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LogWatchTest {
    @TempDir
    Path directory;

    private TileTree log;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private interface Happening {
        void happen() throws Exception;
    }

    @BeforeEach
    void makeLog() throws Exception {
        log = new TileTree(directory.resolve("log"), TileTree.signer("log.example", NoteAlgorithm.ED25519));
    }

    /** Watches while these things happen, one between two looks. */
    private Answer watch(Happening... between) throws Exception {
        return watch(List.of(), between);
    }

    /** The same, recomputing everything before the looks with these numbers. */
    private Answer watch(List<Integer> everything, Happening... between) throws Exception {
        var out = new PrintStream(err, true, StandardCharsets.UTF_8);
        var here = new Surroundings(
                out, out, Map.of(), directory, InstantSource.fixed(Instant.EPOCH), Surroundings.Screen.PLAIN);
        var lookout = new Lookout(
                new DirectorySite(log.directory()),
                CheckpointVerifier.unwitnessed(log.signer().key()),
                n -> {});
        LogState state = LogState.open(
                Optional.of(GivenFile.of(here, "state")), log.signer().key());
        Deque<Happening> left = new ArrayDeque<>(List.of(between));
        return new Watch(lookout, state, here).until(new Watch.Pause() {
            private int look;

            @Override
            public boolean more() {
                try {
                    if (left.isEmpty()) {
                        return false;
                    }
                    left.remove().happen();
                    return true;
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }

            @Override
            public boolean isEverythingDue() {
                return everything.contains(++look);
            }
        });
    }

    private void serve(String word, int count) throws Exception {
        log.serve(TileTree.entries(word, count));
    }

    @Test
    void aLogThatOnlyGrowsIsWatchedToTheEnd() throws Exception {
        serve("entry", 10);
        Answer answer = watch(() -> serve("entry", 300), () -> serve("entry", 301));
        assertEquals(Ending.POSITIVE, answer.ending());
        assertTrue(answer.lines().getFirst().contains("size 301, and extends the head of size 300"), answer.toString());
    }

    private void spoil(String tile) throws Exception {
        Path file = log.directory().resolve(tile);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void aNewEntryThatIsNotTheSignedOneIsNoticedAtTheNextLook() throws Exception {
        serve("entry", 10);
        Answer answer = watch(() -> {
            serve("entry", 300);
            spoil("tile/entries/001.p/44");
        });
        assertEquals(Ending.NEGATIVE, answer.ending());
        assertTrue(answer.lines().getFirst().startsWith("TILES_WRONG"), answer.toString());
    }

    @Test
    void anOldEntryThatWasExchangedIsNoticedWhenAllAreHashedAgain() throws Exception {
        serve("entry", 300);
        Happening spoiling = () -> spoil("tile/entries/000");
        assertEquals(Ending.POSITIVE, watch(spoiling).ending());
        serve("entry", 300);
        assertEquals(Ending.NEGATIVE, watch(List.of(3), spoiling, () -> {}).ending());
    }

    @Test
    void aMachineThatDoesNotAnswerIsNamedInWords() throws Exception {
        String key = log.signer().key().vkey();
        Shell.Said unknown = new Shell(directory).run("log", "check", "https://log.invalid/log", "--key", key);
        assertTrue(unknown.err().contains("no machine of that name is known here"), unknown.err());
        int port;
        try (var socket = new java.net.ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Shell.Said away = new Shell(directory).run("log", "check", "http://127.0.0.1:" + port + "/log", "--key", key);
        assertTrue(away.err().contains("nothing answers at this address"), away.err());
    }

    @Test
    void aForkEndsTheWatch() throws Exception {
        serve("entry", 10);
        Answer answer = watch(() -> serve("other", 20), () -> {
            throw new AssertionError("there is no look after an alarm");
        });
        assertEquals(Ending.NEGATIVE, answer.ending());
        assertTrue(Files.exists(directory.resolve("state.evidence-1.json")));
    }

    @Test
    void aLogThatIsAwayForATimeIsLookedAtAgain() throws Exception {
        serve("entry", 10);
        Path checkpoint = directory.resolve("log/checkpoint");
        Answer answer = watch(() -> Files.delete(checkpoint), () -> serve("entry", 9));
        assertTrue(
                err.toString(StandardCharsets.UTF_8).contains("looking again"), err.toString(StandardCharsets.UTF_8));
        assertTrue(answer.lines().getFirst().startsWith("ROLLBACK"), answer.toString());
    }

    @Test
    void aLogThatWasNeverSeenIsUndecided() throws Exception {
        assertEquals(Ending.UNDECIDED, watch().ending());
    }

    @Test
    void theCommandEndsAfterItsTime() throws Exception {
        serve("entry", 10);
        Shell.Said said = new Shell(directory)
                .run("log", "watch", "log", "--key", log.signer().key().vkey(), "--every", "1s", "--for", "1s");
        assertEquals(ExitCode.OK, said.code(), said.err());
    }
}
