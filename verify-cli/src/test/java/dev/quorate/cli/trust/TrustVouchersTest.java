package dev.quorate.cli.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.dsse.P256Key;
import dev.quorate.trust.SigstoreRoot;
import org.junit.jupiter.api.Test;

/** Vouchers of builders' keys where nothing can judge them: none is good. The end-to-end tests have the judge. */
class TrustVouchersTest extends TrustCase {
    private static final String IDENTITY = "trust add trust.json builder-identity --id b1"
            + " --issuer https://issuer.example --subject https://ci.example/b1 --sigstore-root private";

    private String said(String words) {
        return refused(words.split(" "));
    }

    private void root() throws Exception {
        addBuilder();
        assertTrue(said(IDENTITY).contains("there is no Sigstore root"));
        shell.write("root.json", "{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\"}");
        ok("trust", "add", "trust.json", "sigstore-root", "--name", "private", "--document", "root.json");
        assertEquals(
                1,
                trust("trust.json").trust().sigstoreRoots().stream()
                        .map(SigstoreRoot::name)
                        .count());
        shell.write("bundle.json", "{}");
    }

    @Test
    void theStatementSaysWhoseTheKeyIs() throws Exception {
        addBuilder();
        ok("trust", "statement", "--id", "b1", "--key", "b1.pub", "-o", "key.json");
        P256Key key = trust("trust.json")
                .trust()
                .builders()
                .getFirst()
                .keys()
                .getFirst()
                .key();
        assertEquals(
                "{\"_type\":\"https://in-toto.io/Statement/v1\",\"predicate\":{\"builder\":\"b1\",\"key\":\"" + key
                        + "\"},\"predicateType\":\"https://quorate.dev/builder-key/v1\",\"subject\":[{\"digest\":"
                        + "{\"sha256\":\"" + key.id().hex() + "\"},\"name\":\"b1\"}]}",
                shell.read("key.json"));
    }

    @Test
    void aKeyThatNoIdentityVouchesForIsNotSigned() throws Exception {
        root();
        ok(IDENTITY.split(" "));
        String shown = ok("trust", "show", "trust.json").out();
        assertTrue(shown.contains("identity https://ci.example/b1 by https://issuer.example, under private"), shown);
        assertTrue(shown.contains("NOT VOUCHED FOR: VOUCHER_MISSING: the builder has identities"), shown);
        assertTrue(said("trust sign trust.json --key alice").contains("VOUCHER_MISSING"));
        String more = said("trust add trust.json builder --id b1 --key jane.pub");
        assertTrue(more.contains("of builder b1, VOUCHER_MISSING: the builder has identities"), more);
    }

    @Test
    void withoutAJudgeNoVoucherIsGood() throws Exception {
        root();
        ok(IDENTITY.split(" "));
        assertTrue(said("trust add trust.json builder --id b1 --key b1.pub --bundle bundle.json")
                .contains("JUDGE_MISSING"));
    }

    @Test
    void whatDoesNotFitIsSaid() throws Exception {
        root();
        assertTrue(said("trust add trust.json builder --id b1 --key jane.pub --issuer i")
                .contains("go with --bundle"));
        assertTrue(said("trust add trust.json builder --id b1 --key b1.pub --bundle bundle.json --until 9d")
                .contains("comes without --from and --until"));
        assertTrue(said(IDENTITY.replace("b1", "b7")).contains("the trust root has no builder b7"));
    }
}
