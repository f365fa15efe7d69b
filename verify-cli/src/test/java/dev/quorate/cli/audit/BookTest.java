package dev.quorate.cli.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.Signer;
import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.fixture.SoftTpm;
import dev.quorate.fixture.Specs;
import dev.quorate.host.HostEvidence;
import dev.quorate.kit.Bundle;
import dev.quorate.kit.Kit;
import dev.quorate.log.HashedRekord;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.KeySeal;
import dev.quorate.trust.PcrReference;
import dev.quorate.trust.Revocation;
import dev.quorate.trust.RootKey;
import dev.quorate.trust.RootKeys;
import dev.quorate.trust.Tpm2Profile;
import dev.quorate.trust.TrustRoot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BookTest {
    private final SoftTpm tpm = new SoftTpm("t1").measure(4, "kernel");
    private final Signer voice = new KeyPairSigner(KeyPairSigner.generate());

    private static Book book(RoundScript script) {
        var book = new Book(script.trust(), RoundScript.START);
        script.bundles().forEach(bundle -> book.enter(bundle.entry().body()));
        book.take(new Kit(script.bundles()));
        return book;
    }

    private static List<Use> of(Book book, P256Key key) {
        return book.uses(use -> use.key().equals(key));
    }

    private RoundScript measuredRound(SoftTpm quoted) {
        var script = new RoundScript(Policies.threshold(2), 0);
        var kernel = List.of(new PcrReference(4, List.of(tpm.pcr(4))));
        script.profile(new Tpm2Profile("p", kernel, List.of(), false))
                .measured("b1", tpm)
                .builder("b2")
                .open();
        var binding = HostEvidence.binding(new BuilderId("b1"), script.occasion(), voice.publicKey());
        return script.show("b1", voice, quoted.quote(binding, 4))
                .agree(Specs.built("hi!"))
                .certify();
    }

    @Test
    void aKeyOfOneRoundIsItsBuildersOnItsMachineInItsState() {
        Book book = book(measuredRound(tpm));
        List<Use> uses = of(book, voice.publicKey());
        assertEquals(
                List.of(Said.Kind.EVIDENCE, Said.Kind.COMMITMENT, Said.Kind.PROOF),
                uses.stream().map(use -> use.said().kind()).toList());
        String host = SoftTpm.certificate("t1").keyDigest().hex();
        for (Use use : uses) {
            assertEquals("b1", use.who().name());
            assertEquals(host, use.machine().host());
            assertTrue(
                    use.machine().state().startsWith("p pcrs:"), use.machine().state());
        }
        assertEquals(uses, book.uses(use -> use.machine().host().equals(host)));
        assertEquals(1, uses.getLast().countedBy().size());
        assertTrue(book.uses(use -> use.who().name().equals("b2")).stream()
                .allMatch(use -> use.machine().equals(Machine.NONE)));
    }

    /** A round whose certifier's key is sealed, under a profile that wants that kernel. */
    private RoundScript sealed(Sha256 kernel) {
        var reference = List.of(new PcrReference(4, List.of(kernel)));
        return new RoundScript(Policies.threshold(2), 0)
                .profile(new Tpm2Profile("p", reference, List.of(), false))
                .sealed(tpm, "p", 4);
    }

    private static RoundScript certified(RoundScript script) {
        return script.builder("b1")
                .builder("b2")
                .open()
                .agree(Specs.built("hi!"))
                .certify();
    }

    @Test
    void aSealedKeyOfACertifierIsOnItsMachineInItsState() {
        for (boolean good : new boolean[] {true, false}) {
            RoundScript script = certified(sealed(good ? tpm.pcr(4) : Sha256.of("another")));
            List<Use> uses = of(book(script), script.certifier().publicKey());
            assertEquals(2, uses.size());
            Machine expected = good
                    ? new Machine(
                            tpm.tpm().id().toString(),
                            "sealed",
                            "p pcrs:" + Sha256.of(tpm.pcr(4).bytes()))
                    : new Machine("refused", "none", "PCR_UNEXPECTED");
            for (Use use : uses) {
                assertEquals(expected, use.machine());
            }
        }
    }

    @Test
    void aSealedRootKeyToo() {
        RoundScript script = sealed(tpm.pcr(4)).builder("b1").open();
        Signer alice = script.roots().getFirst();
        var seal = new KeySeal("p", tpm.seal(alice.publicKey(), 4));
        TrustRoot plain = script.trust();
        List<RootKey> keys = plain.root().keys().stream()
                .map(root -> root.key().equals(alice.publicKey()) ? root.with(seal) : root)
                .toList();
        TrustRoot trust =
                plain.edit().root(new RootKeys(plain.root().threshold(), keys)).done();
        script.sayTrust(trust, script.roots());
        var book = new Book(trust, RoundScript.START);
        script.bundles().forEach(bundle -> book.enter(bundle.entry().body()));
        book.take(new Kit(script.bundles()));
        List<Use> uses = of(book, alice.publicKey());
        assertEquals(1, uses.size());
        assertEquals(Said.Kind.TRUST, uses.getFirst().said().kind());
        assertEquals("sealed", uses.getFirst().machine().assurance());
        assertEquals(
                Machine.NONE,
                of(book, script.roots().getLast().publicKey()).getFirst().machine());
    }

    @Test
    void aMachineThatIsRevokedAfterwardsWasGoodBefore() {
        RoundScript script = certified(sealed(tpm.pcr(4)));
        String host = tpm.tpm().id().toString();
        script.revoke(Revocation.Kind.HOST, host, RoundScript.START.plusSeconds(1));
        List<String> machines = of(book(script), script.certifier().publicKey()).stream()
                .map(use -> use.said().kind() + " " + use.machine().host())
                .toList();
        assertEquals(List.of("OPENING " + host, "CERTIFICATE refused"), machines);
    }

    @Test
    void evidenceThatIsRefusedNamesNoMachineAndNobody() {
        List<Use> uses = of(book(measuredRound(new SoftTpm("t1").measure(4, "rootkit"))), voice.publicKey());
        assertEquals(3, uses.size());
        for (Use use : uses) {
            assertEquals("refused", use.machine().host());
            assertEquals(Party.UNKNOWN, use.who());
        }
    }

    @Test
    void aLineThatIsNotTheLogsIsNoBody() {
        RoundScript script = measuredRound(tpm);
        var book = new Book(script.trust(), RoundScript.START);
        script.bundles().forEach(bundle -> book.enter(bundle.entry().body()));
        RoundScript other = measuredRound(tpm);
        book.take(new Kit(other.bundles()));
        assertEquals(other.bundles().size(), book.strangers());
        assertTrue(
                of(book, voice.publicKey()).stream().allMatch(use -> use.said().kind() == Said.Kind.UNKNOWN));
    }

    @Test
    void anEntryWithAWrongSignatureIsNoUse() {
        RoundScript script = measuredRound(tpm);
        Bundle proof = script.bundles().getFirst();
        var book = new Book(script.trust(), RoundScript.START);
        byte[] signature = proof.envelope().signature();
        book.enter(HashedRekord.leaf(
                Sha256.of("something else"),
                signature,
                script.certifier().publicKey().spki()));
        book.enter("no leaf".getBytes(StandardCharsets.UTF_8));
        assertEquals(2, book.size());
        assertEquals(List.of(), book.uses(use -> true));
    }

    @Test
    void aVersionOfTheTrustRootSaysWhatItRevokes() {
        RoundScript script = measuredRound(tpm);
        script.revoke(Revocation.Kind.BUILDER, "b2", RoundScript.START);
        Signer root = script.roots().getFirst();
        script.sayTrust(script.trust(), List.of(root));
        List<Use> uses = of(book(script), root.publicKey());
        assertEquals(1, uses.size());
        assertEquals(Party.Role.ROOT, uses.getFirst().who().role());
        assertTrue(
                uses.getFirst().said().about().contains("revokes builder b2 since 2026-11-23T12:00:00Z"),
                uses.getFirst().said().about());
    }
}
