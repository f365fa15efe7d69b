package dev.quorate.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.quorate.dsse.Envelope;
import dev.quorate.json.Fields;
import dev.quorate.json.MalformedException;
import dev.quorate.kit.Kit;
import dev.quorate.log.Checkpoint;
import dev.quorate.log.EntryBundle;
import dev.quorate.log.HashTile;
import dev.quorate.log.NoteKey;
import dev.quorate.log.SignedNote;
import dev.quorate.log.TilePath;
import dev.quorate.log.TlogProof;
import dev.quorate.policy.Policy;
import dev.quorate.trust.DerCertificate;
import dev.quorate.trust.SignedTrust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes are, a reader gives a value or its own refusal. */
class AttestationsFuzz {
    private interface Reader {
        void read() throws MalformedException, RefusedException;
    }

    private static void accept(Reader reader) {
        try {
            reader.read();
        } catch (MalformedException e) {
            if (e.getMessage().chars().anyMatch(Character::isISOControl)) {
                throw new AssertionError("a refusal with control characters: " + e.getMessage());
            }
        } catch (RefusedException e) {
            if (e.getMessage() == null) {
                throw new AssertionError("a refusal without a reason");
            }
        }
    }

    private static void value(Runnable parser) {
        try {
            parser.run();
        } catch (IllegalArgumentException e) {
            if (e instanceof NumberFormatException || e.getMessage() == null) {
                throw new AssertionError("a refusal by accident", e);
            }
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static final Path VECTORS = Path.of("src/test/vectors");
    private static final Pattern ENVELOPE = Pattern.compile("\"dsseEnvelope\":(\\{.*?\\}\\]\\})");
    private static final Pattern NOTE = Pattern.compile("\"envelope\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    private static Stream<Arguments> seeds(byte[]... seeds) {
        return Stream.of(seeds).map(seed -> Arguments.of((Object) seed));
    }

    private static byte[] vector(String name) throws IOException {
        return Files.readAllBytes(VECTORS.resolve(name));
    }

    private static byte[] first(Pattern pattern) throws IOException {
        Matcher matcher = pattern.matcher(text(vector("agreement_ok/kit.sigstore.jsonl")));
        if (!matcher.find()) {
            throw new AssertionError("the golden kit has no " + pattern);
        }
        return matcher.group(1).replace("\\n", "\n").getBytes(StandardCharsets.UTF_8);
    }

    static Stream<Arguments> envelopes() throws IOException {
        return seeds(first(ENVELOPE));
    }

    static Stream<Arguments> kits() throws IOException {
        return seeds(vector("agreement_ok/kit.sigstore.jsonl"));
    }

    static Stream<Arguments> policies() throws IOException {
        return seeds(vector("agreement_ok/policy.yaml"));
    }

    static Stream<Arguments> trustRoots() throws IOException {
        return seeds(vector("agreement_ok/trust.json"));
    }

    static Stream<Arguments> notes() throws IOException {
        byte[] note = first(NOTE);
        String all = text(note);
        return seeds(note, all.substring(0, all.indexOf("\n\n") + 1).getBytes(StandardCharsets.UTF_8));
    }

    static Stream<Arguments> proofs() throws IOException {
        return seeds(Files.readAllBytes(Path.of("src/test/resources/vectors/key-bundle-with-log/artifact.tlog-proof")));
    }

    static Stream<Arguments> certificates() throws IOException {
        return seeds(Files.readAllBytes(Path.of("src/test/resources/host/ek1.der")));
    }

    static Stream<Arguments> paths() {
        return seeds("tile/1/x001/234.p/5".getBytes(StandardCharsets.UTF_8));
    }

    static Stream<Arguments> others() {
        return seeds(new byte[96], new byte[1184]);
    }

    @MethodSource("envelopes")
    @FuzzTest(maxDuration = "1m")
    void envelope(byte[] bytes) {
        accept(() -> {
            Envelope envelope = Envelope.parse(bytes, "fuzz");
            assertEquals(
                    envelope.json(),
                    Envelope.read(Fields.of(envelope.json(), "again")).json());
        });
    }

    @MethodSource("kits")
    @FuzzTest(maxDuration = "1m")
    void kit(byte[] bytes) {
        accept(() -> Kit.parse(bytes, "fuzz"));
    }

    @MethodSource("policies")
    @FuzzTest(maxDuration = "1m")
    void policy(byte[] bytes) {
        accept(() -> {
            Policy policy = Policy.parse(bytes, "fuzz");
            assertEquals(policy, Policy.read(Fields.of(policy.json(), "again")));
        });
    }

    @MethodSource("trustRoots")
    @FuzzTest(maxDuration = "1m")
    void trust(byte[] bytes) {
        accept(() -> SignedTrust.parse(bytes, "fuzz").verifyAlone());
    }

    @MethodSource("notes")
    @FuzzTest(maxDuration = "1m")
    void note(byte[] bytes) {
        accept(() -> {
            SignedNote note = SignedNote.parse(bytes, "fuzz");
            value(() -> Checkpoint.parse(note.text()));
        });
    }

    @MethodSource("notes")
    @FuzzTest(maxDuration = "1m")
    void checkpoint(byte[] bytes) {
        value(() -> Checkpoint.parse(text(bytes)));
    }

    @MethodSource("notes")
    @FuzzTest(maxDuration = "1m")
    void noteKey(byte[] bytes) {
        value(() -> NoteKey.parse(text(bytes)));
    }

    @MethodSource("proofs")
    @FuzzTest(maxDuration = "1m")
    void tlogProof(byte[] bytes) {
        accept(() -> TlogProof.parse(bytes, "fuzz"));
    }

    @MethodSource("others")
    @FuzzTest(maxDuration = "1m")
    void tiles(byte[] bytes) {
        accept(() -> HashTile.read(bytes, TilePath.parse("tile/0/000.p/3")));
        accept(() -> EntryBundle.read(bytes, TilePath.parse("tile/entries/000.p/3")));
    }

    @MethodSource("paths")
    @FuzzTest(maxDuration = "1m")
    void tilePath(byte[] bytes) {
        value(() -> TilePath.parse(text(bytes)));
    }

    @MethodSource("certificates")
    @FuzzTest(maxDuration = "1m")
    void certificate(byte[] bytes) {
        value(() -> DerCertificate.parse(Base64.getEncoder().encodeToString(bytes)));
    }

    @MethodSource("others")
    @FuzzTest(maxDuration = "1m")
    void eventLog(byte[] bytes) {
        accept(() -> EventLog.parse(bytes, "fuzz"));
    }

    @MethodSource("others")
    @FuzzTest(maxDuration = "1m")
    void hostReports(byte[] bytes) {
        accept(() -> Quote.read(bytes));
        accept(() -> SnpReport.read(bytes));
        accept(() -> ImaList.read(bytes));
    }
}
