package dev.quorate.vectors;

import static dev.quorate.vectors.Rounds.GOOD;
import static dev.quorate.vectors.Rounds.two;

import dev.quorate.dsse.Envelope;
import dev.quorate.fixture.RoundScript;
import dev.quorate.kit.Bundle;
import dev.quorate.verify.RefusalCode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;

/** Who signed what, and what is inside what was signed: THREATS "Binding". */
final class SignerCases {
    private SignerCases() {}

    static List<Draft> all() {
        RoundScript certified = Rounds.certified();
        return List.of(
                Draft.of("kit_brings_its_own_keys_refuse", Rounds.certified(), """
                        Keys fetched from the service being verified (CVE-2023-47122): everything in the kit is
                        consistent, and signed with keys that the user's trust root does not name.""")
                        .trust(Rounds.certified().signedTrust().bytes())
                        .refused(RefusalCode.ROUND_MISSING),
                strangersLine(),
                hintOfAnotherKey(),
                speaksForAnother(),
                provesForAnother(),
                builderOpens(),
                builderCertifies(),
                otherCertifiersName(),
                Draft.of("payload_type_changed_refuse", certified, """
                        Payload type checked outside the signature (CVE-2022-35929): the envelope says another type
                        than the one that this system signs.""")
                        .kitText(kit -> kit.replace("vnd.in-toto+json", "vnd.other+json"))
                        .refused(RefusalCode.KIT_MALFORMED),
                payloadTypeOutside(),
                uttered("payload_is_not_json_refuse", "not json", """
                        A payload that fails to parse was reported as success (CVE-2026-39395). It is signed by b2, and
                        it is no statement."""),
                uttered("unknown_kind_of_statement_refuse", """
                        {"_type":"https://in-toto.io/Statement/v1","predicate":{},"predicateType":"https://example.com/v1",\
                        "subject":[{"digest":{"sha256":"%s"},"name":"x"}]}""".formatted("0".repeat(64)), """
                        A payload that fails to parse was reported as success (CVE-2026-39395). This one parses, and
                        is of a kind that has no place in a kit."""),
                duplicateKeyInPayload());
    }

    private static Draft strangersLine() {
        RoundScript script = Rounds.certified();
        script.utter("anything".getBytes(StandardCharsets.UTF_8), RoundScript.stranger());
        return Draft.of("line_of_a_stranger_ok", script, """
                        Untrusted but valid signatures were counted (Bitcoin verify.py). A stranger's line in the kit
                        is left out: it counts for nothing and stops nothing.""").verified();
    }

    private static Draft hintOfAnotherKey() {
        RoundScript script = Rounds.certified();
        List<Bundle> lines = script.bundles();
        Bundle second = lines.get(4);
        var moved = new Bundle(lines.get(3).hint(), second.entry(), second.envelope());
        return Draft.of("hint_of_another_key_refuse", script, """
                        Evidence for key K1, proof signed with K2 (Keylime CVE-2022-1053): the line names b1's key and
                        carries b2's signature.""")
                .kit(Rounds.with(lines, 4, moved))
                .refused(RefusalCode.SIGNATURE_INVALID);
    }

    private static Draft speaksForAnother() {
        RoundScript script = two().open().commit("b1", GOOD).commitAs("b1", "b2", GOOD);
        return Draft.of("builder_speaks_for_another_refuse", script, """
                        B submits for A (THREATS, Coordinator; rebuilderd takes a report from any worker for any job):
                        b1 commits in b2's name.""").refused(RefusalCode.SIGNER_MISMATCH);
    }

    private static Draft provesForAnother() {
        RoundScript script = two().open().agree(GOOD);
        script.utter(script.proofs().getLast().value().statement().bytes(), script.builderSigner("b1"));
        return Draft.of("builder_proves_for_another_refuse", script, """
                        B submits for A (THREATS, Coordinator; rebuilderd takes a report from any worker for any job):
                        b1 signs a proof in b2's name.""").refused(RefusalCode.SIGNER_MISMATCH);
    }

    private static Draft builderOpens() {
        RoundScript script = two().open();
        script.utter(script.opening().value().statement().bytes(), script.builderSigner("b1"));
        return Draft.of("builder_opens_a_round_refuse", script, """
                        rebuilderd takes anybody's word for any job: here a builder opens a round and enrols whom it
                        likes.""").refused(RefusalCode.SIGNER_MISMATCH);
    }

    private static Draft builderCertifies() {
        RoundScript script = two().open().agree(GOOD);
        script.utter(Rounds.laxCertificate(script).statement().bytes(), script.builderSigner("b1"));
        return Draft.of("builder_certifies_refuse", script, """
                        rebuilderd takes anybody's word for any job: here a builder certifies its own result.""").refused(RefusalCode.SIGNER_MISMATCH);
    }

    private static Draft otherCertifiersName() {
        RoundScript script = two().open().agree(GOOD);
        script.certify(Rounds.over(Rounds.laxCertificate(script), "good", "other.example"));
        return Draft.of("certificate_in_anothers_name_refuse", script, """
                        Evidence for key K1, proof signed with K2 (Keylime CVE-2022-1053): the certificate names
                        another certifier than the one whose key signed it.""").refused(RefusalCode.SIGNER_MISMATCH);
    }

    private static Draft payloadTypeOutside() {
        RoundScript script = Rounds.certified();
        byte[] statement = script.proofs().getFirst().value().statement().bytes();
        String head = "DSSEv1 16 application/json " + statement.length + " ";
        byte[] pae = (head + new String(statement, StandardCharsets.US_ASCII)).getBytes(StandardCharsets.US_ASCII);
        try {
            byte[] signature = script.builderSigner("b1").sign(pae);
            script.put(Envelope.of(statement, signature), script.builderKey("b1"));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        return Draft.of("payload_type_not_the_signed_one_refuse", script, """
                        Payload type checked outside the signature (CVE-2022-35929): b1 signed these bytes as plain
                        JSON, and the envelope says in-toto.""").refused(RefusalCode.SIGNATURE_INVALID);
    }

    private static Draft uttered(String name, String payload, String lesson) {
        RoundScript script = two().open();
        script.utter(payload.getBytes(StandardCharsets.UTF_8), script.builderSigner("b2"));
        return Draft.of(name, script, lesson).refused(RefusalCode.STATEMENT_MALFORMED);
    }

    private static Draft duplicateKeyInPayload() {
        RoundScript script = two().open().agree(GOOD);
        String honest =
                new String(script.proofs().getFirst().value().statement().bytes(), StandardCharsets.US_ASCII);
        String twice = honest.replaceFirst("\"predicateType\"", "\"predicateType\":\"x\",\"predicateType\"");
        script.utter(twice.getBytes(StandardCharsets.US_ASCII), script.builderSigner("b1"));
        return Draft.of("duplicate_name_in_a_payload_refuse", script, """
                        Duplicate JSON keys (THREATS, Parsers): two readers take different ones of them, and one
                        signature stands for two statements.""").refused(RefusalCode.STATEMENT_MALFORMED);
    }
}
