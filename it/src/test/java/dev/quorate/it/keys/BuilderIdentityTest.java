package dev.quorate.it.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.cli.ExitCode;
import dev.quorate.coordinator.identity.PrivateSigstore;
import dev.quorate.dsse.Octets;
import dev.quorate.it.cluster.CommandLine;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.trust.KeyVoucher;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Root key holders that name a builder by its identity, each of whom looks for itself. */
class BuilderIdentityTest {
    private static final String SUBJECT = "https://ci.example/jane";
    private static final String OPTIONS =
            " --issuer https://issuer.example --subject " + SUBJECT + " --sigstore-root private";
    private static final String BUILDER =
            "trust add trust.json builder --id b1 --operator acme --zone eu-1 --cpu-vendor intel --key b1.pub";

    @TempDir
    Path directory;

    private final PrivateSigstore sigstore = new PrivateSigstore();
    private CommandLine cli;

    @BeforeEach
    void draft() throws Exception {
        cli = new CommandLine(directory);
        for (String name : List.of("alice", "bob", "b1", "other")) {
            require("trust key -o " + name);
        }
        require("trust init --root-key alice=alice.pub --root-key bob=bob.pub --threshold 2 --expires 365d"
                + " -o trust.json");
        Files.write(directory.resolve("root.json"), sigstore.root("private").document());
        require("trust add trust.json sigstore-root --name private --document root.json");
        sign("b1");
    }

    private String require(String words) {
        return cli.require(words.split(" "));
    }

    private String refused(String words) {
        CommandLine.Result result = cli.run(words.split(" "));
        assertEquals(ExitCode.USAGE, result.code(), result::toString);
        return result.err();
    }

    /** The statement for a key, and the identity's bundle over it. */
    private void sign(String key) throws Exception {
        require("trust statement --id b1 --key " + key + ".pub -o statement.json");
        Files.write(
                directory.resolve(key + ".bundle"),
                sigstore.bundle(Files.readAllBytes(directory.resolve("statement.json"))));
    }

    private SignedTrust trust() throws Exception {
        return SignedTrust.parse(Files.readAllBytes(directory.resolve("trust.json")), "trust.json");
    }

    private TrustedBuilder b1() throws Exception {
        return trust().trust().builders().getFirst();
    }

    private Fields voucher() throws Exception {
        String json = require("trust show trust.json --json");
        return Fields.of(JsonReader.read(json.strip(), "show"), "show")
                .objects("vouchers", 1, each -> each)
                .getFirst();
    }

    @Test
    void everyRootKeyHolderJudgesAgainBeforeItSigns() throws Exception {
        String added = require(BUILDER + " --bundle b1.bundle" + OPTIONS);
        assertTrue(added.contains(", vouched for by " + SUBJECT + " at "), added);
        require("trust sign trust.json --key alice");
        Fields good = voucher();
        assertTrue(good.bool("good"));
        assertEquals(SUBJECT, good.string("subject"));
        assertEquals(b1().identities().getFirst().from().toString(), good.string("time"));
        String shown = require("trust show trust.json");
        assertTrue(shown.contains("vouched for by " + SUBJECT + " by https://issuer.example at "), shown);

        // Whoever passed the file on put another bundle there by hand.
        sign("other");
        SignedTrust honest = trust();
        var others = new KeyVoucher(Octets.of(Files.readAllBytes(directory.resolve("other.bundle"))));
        TrustRoot forged = honest.trust()
                .edit()
                .builders(List.of(b1().withKeys(List.of(b1().keys().getFirst().with(others)))))
                .done();
        Files.write(directory.resolve("trust.json"), new SignedTrust(forged, honest.signatures()).bytes());
        assertTrue(refused("trust sign trust.json --key bob").contains("STATEMENT_OTHER: it does not say"));
        assertEquals("STATEMENT_OTHER", voucher().string("refusal"));

        Files.write(directory.resolve("trust.json"), honest.bytes());
        assertTrue(require("trust sign trust.json --key bob").contains("signed by bob"));
        assertTrue(trust().verifyAlone().isPresent());
    }

    @Test
    void aFurtherKeyNeedsItsOwnBundle() throws Exception {
        require(BUILDER + " --bundle b1.bundle" + OPTIONS);
        String further = "trust add trust.json builder --id b1 --key other.pub";
        assertTrue(refused(further).contains("VOUCHER_MISSING"));
        assertTrue(refused(further + " --bundle b1.bundle").contains("STATEMENT_OTHER"));
        assertEquals(1, b1().keys().size(), "nothing was written");
        sign("other");
        require(further + " --bundle other.bundle");
        require("trust sign trust.json --key alice");
        assertEquals(2, b1().keys().size());
    }

    @Test
    void aBuilderWithAKeyGetsAnIdentityAndABundleLater() throws Exception {
        require(BUILDER + " --from 2026-01-02T00:00:00Z");
        require("trust add trust.json builder-identity --id b1 --from 2026-01-01T00:00:00Z" + OPTIONS);
        assertTrue(refused("trust sign trust.json --key alice").contains("VOUCHER_MISSING"));
        require("trust add trust.json builder --id b1 --key b1.pub --bundle b1.bundle");
        assertEquals("2026-01-02T00:00:00Z", b1().keys().getFirst().from().toString());
        require("trust sign trust.json --key alice");
    }
}
