package dev.quorate.cli.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.trust.Principal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Maintainers without keys in a trust root. */
class TrustIdentitiesTest extends TrustCase {
    private static final String ROOT = "{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\"}";
    private static final String[] JANE = {
        "trust",
        "add",
        "trust.json",
        "identity",
        "--id",
        "jane",
        "--issuer",
        "https://issuer.example",
        "--subject",
        "https://ci.example/jane",
        "--sigstore-root",
        "private"
    };

    private static String[] jane(String... more) {
        var all = new java.util.ArrayList<>(List.of(JANE));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void anIdentityComesIsShownAndEnds() throws Exception {
        addBuilder();
        assertTrue(refused(jane()).contains("there is no Sigstore root \"private\"; add it first"));
        shell.write("root.json", ROOT);
        ok("trust", "add", "trust.json", "sigstore-root", "--name", "private", "--document", "root.json");
        ok(jane("--from", "2026-01-01T00:00:00Z"));
        assertTrue(refused(jane()).contains("the maintainer has this identity; --until ends it"));
        ok("trust", "add", "trust.json", "maintainer", "--id", "jane", "--key", "jane.pub");
        Principal jane = trust("trust.json").trust().maintainers().getFirst();
        assertEquals(1, jane.keys().size());
        assertEquals("https://ci.example/jane", jane.identities().getFirst().subject());
        String shown = shell.run("trust", "show", "trust.json").out();
        assertTrue(
                shown.contains("identity https://ci.example/jane by https://issuer.example, under private from"
                        + " 2026-01-01T00:00:00Z\n"),
                shown);
        assertTrue(shown.contains("sigstore    private  trusted root, SHA-256 "), shown);
        ok(jane("--until", "2027-01-01T00:00:00Z"));
        assertTrue(shell.run("trust", "show", "trust.json").out().contains(" until 2027-01-01T00:00:00Z\n"));
        ok("trust", "add", "trust.json", "sigstore-root", "--name", "private", "--document", "root.json");
        assertEquals(1, trust("trust.json").trust().sigstoreRoots().size());
    }

    @Test
    void whatIsNoSigstoreRootOrIdentityIsSaid() throws Exception {
        addBuilder();
        shell.write("root.json", "{\"mediaType\":\"text/plain\"}");
        assertTrue(
                refused("trust", "add", "trust.json", "sigstore-root", "--name", "private", "--document", "root.json")
                        .contains("root.json: a Sigstore root must be a Sigstore trusted root: its mediaType begins"));
        assertTrue(refused("trust", "add", "trust.json", "identity", "--id", "jane")
                .contains("needs --issuer"));
        assertTrue(refused("trust", "add", "trust.json", "identity", "--key", "jane.pub")
                .contains("an identity has no --key"));
    }
}
