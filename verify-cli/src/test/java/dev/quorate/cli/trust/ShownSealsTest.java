package dev.quorate.cli.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quorate.cli.ExitCode;
import dev.quorate.cli.Shell;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Signer;
import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.trust.KeySeal;
import dev.quorate.trust.PcrReference;
import dev.quorate.trust.RootKey;
import dev.quorate.trust.RootKeys;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.Tpm2Profile;
import dev.quorate.trust.TrustRoot;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keys in TPMs are worth, as {@code trust show --json} has it. */
class ShownSealsTest {
    @TempDir
    Path directory;

    private final SoftTpm tpm = new SoftTpm("t1").measure(4, "kernel");

    private List<Fields> seals(TrustRoot trust) throws Exception {
        Shell shell = new Shell(directory).at(() -> RoundScript.START);
        shell.write("trust.json", SignedTrust.unsigned(trust).bytes());
        Shell.Said said = shell.run("trust", "show", "trust.json", "--json");
        assertEquals(ExitCode.OK, said.code(), said.err());
        return Fields.of(JsonReader.read(said.onlyLine(), "show"), "show").objects("seals", 9, each -> each);
    }

    @Test
    void theCertifiersAndARootKey() throws Exception {
        RoundScript script = new RoundScript(Policies.threshold(2), 0)
                .profile(new Tpm2Profile("p", List.of(new PcrReference(4, List.of(tpm.pcr(4)))), List.of(), false))
                .profile(new Tpm2Profile(
                        "other", List.of(new PcrReference(4, List.of(Sha256.of("another")))), List.of(), false))
                .sealed(tpm, "p", 4)
                .builder("b1")
                .open();
        Signer alice = script.roots().getFirst();
        TrustRoot plain = script.trust();
        var seal = new KeySeal("other", tpm.seal(alice.publicKey(), 4));
        List<RootKey> keys = plain.root().keys().stream()
                .map(root -> root.key().equals(alice.publicKey()) ? root.with(seal) : root)
                .toList();
        List<Fields> seals = seals(
                plain.edit().root(new RootKeys(plain.root().threshold(), keys)).done());

        assertEquals(2, seals.size());
        Fields bad = seals.getFirst();
        assertEquals(alice.publicKey().id().hex(), bad.string("key"));
        assertEquals(false, bad.bool("good"));
        assertEquals("PCR_UNEXPECTED", bad.string("refusal"));
        Fields good = seals.getLast();
        assertEquals(script.certifier().publicKey().id().hex(), good.string("key"));
        assertEquals(true, good.bool("good"));
        assertEquals(tpm.tpm().id().toString(), good.string("host"));
        assertEquals("p", good.string("profile"));
        assertEquals(Sha256.of(tpm.pcr(4).bytes()).hex(), good.string("pcrs"));
    }
}
