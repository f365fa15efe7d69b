package dev.quorate.cli.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.round.BuilderId;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrustCommandsTest extends TrustCase {
    @Test
    void aDraftIsFilledAndSigned() throws Exception {
        addBuilder();
        ok("trust", "add", "trust.json", "maintainer", "--id", "jane", "--key", "jane.pub");
        ok("trust", "add", "trust.json", "log", "--vkey", LOG);
        assertTrue(ok("trust", "sign", "trust.json", "--key", "alice").out().contains("1 of 2 needed signatures"));
        assertTrue(trust("trust.json").verifyAlone().isEmpty());
        assertTrue(ok("trust", "sign", "trust.json", "--key", "bob").out().contains("complete"));
        TrustRoot root = trust("trust.json").verifyAlone().orElseThrow();
        assertEquals(1, root.version());
        assertEquals("acme", root.builders().getFirst().operator());
        assertEquals("2027-11-23T12:30:00Z", root.expires().toString());
        String shown = ok("trust", "show", "trust.json").out();
        assertTrue(shown.contains("signed by alice, bob: 2 of 2"), shown);
    }

    @Test
    void editingASignedVersionBeginsTheNextOneUnsigned() throws Exception {
        ok("trust", "sign", "trust.json", "--key", "alice");
        addBuilder();
        assertEquals(2, trust("trust.json").trust().version());
        assertTrue(trust("trust.json").signatures().isEmpty());
        ok("trust", "add", "trust.json", "maintainer", "--id", "jane", "--key", "jane.pub");
        assertEquals(2, trust("trust.json").trust().version());
    }

    @Test
    void rotatedRootKeysRollForwardFromThePreviousVersion() throws Exception {
        ok("trust", "sign", "trust.json", "--key", "alice");
        ok("trust", "sign", "trust.json", "--key", "bob");
        shell.write("v1.json", shell.read("trust.json"));
        ok("trust", "rotate", "trust.json", "--remove", "alice", "--root-key", "carol=carol.pub");
        assertTrue(refused("trust", "sign", "trust.json", "--key", "alice").contains("--previous"));
        ok("trust", "sign", "trust.json", "--key", "alice", "--previous", "v1.json");
        ok("trust", "sign", "trust.json", "--key", "bob");
        assertTrue(trust("trust.json").verifyAfter(trust("v1.json").trust()).isEmpty());
        ok("trust", "sign", "trust.json", "--key", "carol");
        assertTrue(trust("trust.json").verifyAfter(trust("v1.json").trust()).isPresent());
    }

    @Test
    void nobodySignsAVersionThatGivesAKeyToAnother() throws Exception {
        addBuilder();
        ok("trust", "sign", "trust.json", "--key", "alice");
        shell.write("v1.json", shell.read("trust.json"));
        String twice = refused(
                "trust",
                "add",
                "trust.json",
                "builder",
                "--id",
                "b2",
                "--operator",
                "other",
                "--zone",
                "eu-2",
                "--cpu-vendor",
                "amd",
                "--key",
                "b1.pub");
        assertTrue(
                twice.contains("stands under two names, builder b1 and builder b2; give each principal its own"),
                twice);
        // No command takes a builder out, but an editor does.
        TrustRoot v1 = trust("v1.json").trust();
        TrustedBuilder b1 = v1.builders().getFirst();
        var b2 = new TrustedBuilder(new BuilderId("b2"), "other", "eu-2", "amd", b1.keys());
        TrustRoot v2 = v1.edit().version(2).builders(List.of(b2)).done();
        byte[] unsigned = SignedTrust.unsigned(v2).bytes();
        shell.write("trust.json", unsigned);
        String moved = refused("trust", "sign", "trust.json", "--key", "alice", "--previous", "v1.json");
        assertTrue(moved.contains("trust.json: version 2 gives builder b2 the key "), moved);
        assertTrue(moved.contains("which was builder b1's in version 1"), moved);
        assertArrayEquals(unsigned, shell.read("trust.json").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void revocationsMustNameSomethingThatIsThere() throws Exception {
        addBuilder();
        assertTrue(refused("trust", "revoke", "trust.json", "builder", "b9", "--reason", "x")
                .contains("there is no builder b9"));
        assertTrue(refused("trust", "revoke", "trust.json", "key", "00".repeat(32), "--reason", "x")
                .contains("there is no key"));
        ok("trust", "revoke", "trust.json", "builder", "b1", "--reason", "stolen disk");
        ok("trust", "revoke", "trust.json", "certificate", "ab".repeat(32), "--reason", "wrong");
        assertEquals(2, trust("trust.json").trust().revocations().size());
    }

    @Test
    void oneKeyCannotStandUnderTwoNames() {
        addBuilder();
        assertTrue(refused("trust", "add", "trust.json", "maintainer", "--id", "jane", "--key", "b1.pub")
                .contains("stands under two names"));
    }

    @Test
    void aBuilderKeepsItsOperatorAndGetsAFurtherKey() throws Exception {
        addBuilder();
        assertTrue(refused(
                        "trust",
                        "add",
                        "trust.json",
                        "builder",
                        "--id",
                        "b1",
                        "--operator",
                        "evil",
                        "--key",
                        "jane.pub")
                .contains("acme"));
        ok("trust", "add", "trust.json", "builder", "--id", "b1", "--key", "jane.pub", "--until", "90d");
        assertEquals(2, trust("trust.json").trust().builders().getFirst().keys().size());
    }

    @Test
    void wrongUseNamesWhatIsMissing() {
        assertTrue(refused("trust", "add", "trust.json", "builder", "--id", "b1", "--key", "b1.pub")
                .contains("a builder needs --operator"));
        assertTrue(refused("trust", "add", "trust.json", "wizard").contains("\"wizard\" is none of builder"));
        assertTrue(refused("trust", "add", "trust.json", "log", "--vkey", "x").contains("name+hash+base64"));
        assertTrue(
                refused("trust", "add", "trust.json", "witness", "--vkey", LOG).contains("of type 4"));
        assertTrue(refused("trust", "add", "trust.json", "log", "--vkey", LOG, "--zone", "z")
                .contains("a log has no --zone"));
        assertTrue(refused("trust", "rotate", "trust.json").contains("changes nothing"));
        assertTrue(refused("trust", "rotate", "trust.json", "--remove", "bob").contains("give --threshold"));
        assertTrue(refused("trust", "key", "-o", "alice").contains("is there already"));
        assertTrue(refused(
                        "trust",
                        "init",
                        "--root-key",
                        "alice=alice.pub",
                        "--threshold",
                        "2",
                        "--expires",
                        "1d",
                        "-o",
                        "t")
                .contains("the root threshold"));
        assertTrue(refused(
                        "trust",
                        "init",
                        "--root-key",
                        "alice=none.pub",
                        "--threshold",
                        "1",
                        "--expires",
                        "1d",
                        "-o",
                        "t")
                .contains("none.pub: is neither a file"));
        assertTrue(refused("trust", "sign", "trust.json", "--key", "alice.pub").contains("PKCS#8"));
    }

    @Test
    void theSigstoreFormIsTheOneThatStockClientsAccept() throws Exception {
        ok("trust", "add", "trust.json", "log", "--vkey", LOG);
        ok("trust", "show", "trust.json", "--sigstore", "-o", "trusted_root.json");
        String expected = "{\"certificateAuthorities\":[],\"ctlogs\":[],"
                + "\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\","
                + "\"timestampAuthorities\":[],\"tlogs\":[{\"baseUrl\":\"https://log.zones.example\","
                + "\"hashAlgorithm\":\"SHA2_256\","
                + "\"logId\":{\"keyId\":\"kLnO9DRl3kobwuQHKXXwV9BMf7WLyffw/kbz9CMwwyg=\"},"
                + "\"operator\":\"log.zones.example\",\"publicKey\":{\"keyDetails\":\"PKIX_ED25519\","
                + "\"rawBytes\":\"MCowBQYDK2VwAyEA7RSe82hvh4LshN2k8qkrU91kl3+Z45pOPWFIdS6PyM0=\","
                + "\"validFor\":{\"start\":\"1970-01-01T00:00:00Z\"}}}]}";
        assertEquals(expected, shell.read("trusted_root.json"));
    }
}
