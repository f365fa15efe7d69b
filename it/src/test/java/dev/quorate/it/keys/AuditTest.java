package dev.quorate.it.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.cli.ExitCode;
import dev.quorate.coordinator.Lab;
import dev.quorate.coordinator.identity.PrivateSigstore;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Octets;
import dev.quorate.dsse.P256Key;
import dev.quorate.identity.BuilderKey;
import dev.quorate.it.cluster.CommandLine;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.Identity;
import dev.quorate.trust.KeyVoucher;
import dev.quorate.trust.TimedKey;
import dev.quorate.trust.TrustedBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two rounds in a real log, and what their keys said there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTest {
    private static final byte[] RESULT = "hello\n".getBytes(StandardCharsets.UTF_8);

    private Path directory;
    private Lab lab;
    private CommandLine cli;
    private String first;
    private String second;

    @BeforeAll
    void play(@TempDir Path temporary) throws Exception {
        directory = temporary;
        lab = new Lab(directory, 3, "");
        first = PlayedRound.certified(lab, "hello", RESULT);
        second = PlayedRound.certified(lab, "other", RESULT);
        for (String round : List.of(first, second)) {
            Path kit =
                    Files.createDirectories(directory.resolve("kits/" + round)).resolve("kit.sigstore.jsonl");
            Files.write(kit, lab.anonymous().get("/v1/rounds/" + round + "/kit").body());
        }
        Files.writeString(
                directory.resolve("client.yaml"),
                "coordinator: https://127.0.0.1:%d%ncoordinatorCertificate: %s%n"
                        .formatted(lab.port(), lab.certificate));
        cli = new CommandLine(directory);
    }

    @AfterAll
    void close() {
        if (lab != null) {
            lab.close();
        }
    }

    private String builder(String name) {
        return P256Key.of(lab.builders.get(new BuilderId(name)).getPublic())
                .id()
                .hex();
    }

    private String certifier() {
        return lab.trust
                .trust()
                .certifiers()
                .getFirst()
                .keys()
                .getFirst()
                .key()
                .id()
                .hex();
    }

    private String audit(String... words) {
        return cli.require(concat(new String[] {"audit", "--trust", "trust.json"}, words));
    }

    private static String[] concat(String[] one, String[] other) {
        String[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    private Fields json(String... words) throws Exception {
        String said = audit(concat(words, new String[] {"--json"}));
        return Fields.of(JsonReader.read(said.strip(), "audit"), "audit");
    }

    private static List<String> each(Fields report, String member) throws Exception {
        return report.objects("uses", 100, use -> {
            Json value = use.value(member);
            return value instanceof Json.Str text ? text.value() : value.toString();
        });
    }

    @Test
    void everyUseOfACertifiersKey() throws Exception {
        Fields report = json("--key", certifier(), "--log", "data/log", "--kit", "kits");
        assertEquals(List.of("opening", "certificate", "opening", "certificate"), each(report, "statement"));
        assertEquals(List.of(first, first, second, second), each(report, "round"));
        assertEquals("hello@1.0: CERTIFIED", each(report, "about").get(1));
        assertEquals(List.of("certifier", "certifier", "certifier", "certifier"), each(report, "role"));
        assertEquals(List.of("none", "none", "none", "none"), each(report, "machine"));
        assertTrue(report.integer("size", 0, 100) >= 16, "the versions of the trust root may be in the log too");
        assertEquals(0, report.integer("unknown", 0, 100) + report.integer("strangers", 0, 100));
    }

    @Test
    void everythingThatABuilderVouchedForAndWhoCountedOnIt() throws Exception {
        String text = audit("--key", builder("b2"), "--log", "data/log", "--kit", "kits");
        assertTrue(text.startsWith("key " + builder("b2") + ": 4 uses among the "), text);
        String vouched = ": sha256:" + Sha256.of(RESULT).hex() + "  hello";
        assertEquals(2, text.split(vouched, -1).length - 1, text);
        assertEquals(2, text.split("counted on by the certificate at ", -1).length - 1, text);
        assertTrue(text.contains("b2 (operator-b2)"), text);
        // The same by the builder's name, from the configured coordinator's own log and kits.
        String byName = audit("--host", "b2");
        assertEquals(text.substring(text.indexOf('\n')), byName.substring(byName.indexOf('\n')));
    }

    @Test
    void oneLineAUseForASpreadsheet() {
        List<String> lines = audit("--key", builder("b1"), "--log", "data/log", "--kit", "kits", "--csv")
                .lines()
                .toList();
        assertEquals(
                "index,time,statement,about,who,operator,role,key,machine,state,round,vouched,counted_by,assurance,"
                        + "identity,identity_state",
                lines.getFirst());
        assertEquals(5, lines.size());
        String proof = lines.get(2);
        assertTrue(
                proof.contains(",proof,for b1: built,b1,operator-b1,builder," + builder("b1") + ",none,none," + first
                        + ",sha256:" + Sha256.of(RESULT).hex() + " hello,"),
                proof);
    }

    private static TrustedBuilder identified(TrustedBuilder builder) {
        var identity = new Identity(
                "https://issuer.example", "https://ci.example/jane", "private", Instant.EPOCH, Optional.empty());
        return builder.withIdentities(List.of(identity));
    }

    @Test
    void onWhoseWordAKeyIsABuilders() throws Exception {
        var sigstore = new PrivateSigstore();
        TrustedBuilder b2 = lab.trust.trust().builder(new BuilderId("b2")).orElseThrow();
        TimedKey key = b2.keys().getFirst();
        byte[] statement = new BuilderKey(b2.id(), key.key()).statement().bytes();
        TimedKey vouched = key.with(new KeyVoucher(Octets.of(sigstore.bundle(statement))));
        String[] about = {"audit", "--key", builder("b2"), "--log", "data/log", "--kit", "kits", "--trust", "own.json"};

        own(identified(b2).withKeys(List.of(vouched)), sigstore);
        Fields report = Fields.of(
                JsonReader.read(
                        cli.require(concat(about, new String[] {"--json"})).strip(), "audit"),
                "audit");
        assertEquals(4, each(report, "identity").size());
        assertEquals(Set.of("https://ci.example/jane"), Set.copyOf(each(report, "identity")));
        String text = cli.require(about);
        String line = "key " + builder("b2") + " of b2 (operator-b2): identity https://ci.example/jane, "
                + "https://issuer.example at ";
        assertEquals(2, text.split(Pattern.quote(line), -1).length, text);

        own(identified(b2), sigstore);
        String missing = cli.require(concat(about, new String[] {"--csv"}));
        assertTrue(missing.contains(",refused,VOUCHER_MISSING\n"), missing);
    }

    /** A trust root of the reader's own, in which that builder is so. */
    private void own(TrustedBuilder changed, PrivateSigstore sigstore) throws Exception {
        List<TrustedBuilder> builders = lab.trust.trust().builders().stream()
                .map(builder -> builder.id().equals(changed.id()) ? changed : builder)
                .toList();
        Files.write(
                directory.resolve("own.json"),
                lab.building(lab.trust, builders, List.of(sigstore.root("private")))
                        .bytes());
    }

    @Test
    void aUseThatNoKitHasIsNotLeftOut() throws Exception {
        Fields report = json("--key", builder("b1"), "--log", "data/log", "--kit", "kits/" + first);
        assertEquals(List.of("commitment", "proof", "unknown", "unknown"), each(report, "statement"));
        assertEquals(2, report.integer("unknown", 0, 100));
        Fields bare = json("--key", builder("b1"), "--log", "data/log");
        assertEquals(4, bare.integer("unknown", 0, 100));
    }

    @Test
    void aKeyThatWasNeverUsedHasAnAnswer() throws Exception {
        assertTrue(each(json("--key", "0".repeat(64), "--log", "data/log", "--kit", "kits"), "index")
                .isEmpty());
    }

    @Test
    void aKitOfAnotherLogIsLeftAsideAndALogThatWasChangedIsRefused() throws Exception {
        Path other = Files.createDirectories(directory.resolve("another"));
        try (var stranger = new Lab(other, 3, "")) {
            String round = PlayedRound.certified(stranger, "hello", RESULT);
            Files.write(
                    directory.resolve("stranger.jsonl"),
                    stranger.anonymous().get("/v1/rounds/" + round + "/kit").body());
        }
        Fields report = json("--key", certifier(), "--log", "data/log", "--kit", "stranger.jsonl");
        assertEquals(8, report.integer("strangers", 0, 100));
        assertEquals(4, report.integer("unknown", 0, 100));

        Path copy = directory.resolve("copy");
        Path tile = copy.resolve("tile/entries/000.p/16");
        Files.createDirectories(tile.getParent());
        Files.copy(directory.resolve("data/log/checkpoint"), copy.resolve("checkpoint"));
        byte[] entries = Files.readAllBytes(directory.resolve("data/log/tile/entries/000.p/16"));
        entries[entries.length / 2] ^= 1;
        Files.write(tile, entries);
        CommandLine.Result result =
                cli.run("audit", "--trust", "trust.json", "--key", certifier(), "--log", "copy", "--kit", "kits");
        assertEquals(ExitCode.USAGE, result.code(), result::toString);
        assertFalse(result.err().isEmpty());
    }

    @Test
    void wrongUseIsOneSentence() {
        String[][] wrong = {
            {"--log", "data/log"},
            {"--key", "abc", "--log", "data/log"},
            {"--key", "0".repeat(64), "--host", "b1", "--log", "data/log"},
            {"--key", "0".repeat(64), "--log", "data/log", "--csv", "--json"},
        };
        for (String[] words : wrong) {
            CommandLine.Result result = cli.run(concat(new String[] {"audit", "--trust", "trust.json"}, words));
            assertEquals(ExitCode.USAGE, result.code(), result::toString);
            assertTrue(result.err().startsWith("quorate: audit: "), result::err);
        }
    }
}
