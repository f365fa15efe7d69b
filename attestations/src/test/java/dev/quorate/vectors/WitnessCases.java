package dev.quorate.vectors;

import dev.quorate.fixture.MemoryLog;
import dev.quorate.fixture.Policies;
import dev.quorate.fixture.RoundScript;
import dev.quorate.log.NoteSignature;
import dev.quorate.log.NoteSigner;
import dev.quorate.log.SignedNote;
import dev.quorate.verify.RefusalCode;
import java.security.SignatureException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Who else saw the log, and when. */
final class WitnessCases {
    private static final long SEEN = RoundScript.START.plusSeconds(90).getEpochSecond();

    private WitnessCases() {}

    static List<Draft> all() {
        return List.of(
                Draft.of("witnessed_ok", Rounds.witnessed(2, 2), """
                        A forked or rolled-back checkpoint (THREATS, Binding) is what witnesses make visible: two of
                        two cosigned this one, and their time is the one that counts.""").verified(),
                Draft.of("too_few_witnesses_refuse", Rounds.witnessed(1, 1), """
                        A threshold that was not enforced (CVE-2026-23992 go-tuf): the policy asks for two witnesses,
                        and the trust root names one.""")
                        .policy(Policies.witnessed(2, 2))
                        .refused(RefusalCode.WITNESSES_TOO_FEW),
                cosigned("one_witness_twice_refuse", List.of(0, 0), """
                        The same key counted twice (CVE-2026-49834 sigstore-go, go-tuf 2022): one witness cosigned the
                        head twice, at two times.""").refused(RefusalCode.WITNESSES_TOO_FEW),
                cosigned("one_witness_of_two_refuse", List.of(1), """
                        A threshold that was not enforced (CVE-2026-23992 go-tuf): one of the two needed witnesses
                        cosigned.""").refused(RefusalCode.WITNESSES_TOO_FEW),
                strangeWitness(),
                wrongCosignature(),
                Draft.of("witnesses_are_late_refuse", Rounds.witnessed(2, 2), """
                        Validity judged at another time than the logged one (CVE-2026-54787): by the witnesses' time
                        the log saw all this more than ten minutes from now.""")
                        .now(Instant.ofEpochSecond(SEEN).minus(Duration.ofMinutes(11)))
                        .refused(RefusalCode.TIME_IN_FUTURE),
                witnessTime("witness_beyond_all_time_refuse", Long.MAX_VALUE, """
                        A witness's time is 64 bits, and calendars end earlier: a time that no calendar has is a time
                        in the future and not a crash (gitsign CVE-2026-44310 panicked into exit 0).""")
                        .refused(RefusalCode.TIME_IN_FUTURE),
                witnessTime("witness_of_1970_refuse", 0, """
                        Clock jumps (THREATS, Coordinator): a witness whose clock stands at 1970 makes everything
                        stale, never fresh.""").refused(RefusalCode.CERTIFICATE_STALE));
    }

    private static Draft cosigned(String name, List<Integer> witnesses, String lesson) {
        RoundScript script = Rounds.witnessed(2, 2);
        List<NoteSignature> cosignatures = new ArrayList<>();
        for (int witness : witnesses) {
            cosignatures.add(cosignature(script, script.log().witnesses().get(witness), SEEN + cosignatures.size()));
        }
        return Draft.of(name, script, lesson).kit(script.bundles(note(script, cosignatures)));
    }

    private static Draft strangeWitness() {
        RoundScript script = Rounds.witnessed(1, 1);
        NoteSignature strange = cosignature(script, MemoryLog.strangeWitness(), SEEN);
        return Draft.of("witness_unknown_refuse", script, """
                        Untrusted but valid signatures were counted (Bitcoin verify.py): the one cosignature is by a
                        witness that the trust root does not name.""")
                .kit(script.bundles(note(script, List.of(strange))))
                .refused(RefusalCode.WITNESSES_TOO_FEW);
    }

    private static Draft wrongCosignature() {
        RoundScript script = Rounds.witnessed(1, 1);
        NoteSignature good = cosignature(script, script.log().witnesses().getFirst(), SEEN);
        String content = good.content();
        // Of "key hash, time, signature" this is the last byte of the time.
        char other = content.charAt(15) == 'A' ? 'B' : 'A';
        var later = new NoteSignature(good.name(), content.substring(0, 15) + other + content.substring(16));
        return Draft.of("cosignature_of_another_time_refuse", script, """
                        A failed check that is only logged (CVE-2023-3674): a line under a known witness's key hash
                        that this key did not sign refuses the whole head.""")
                .kit(script.bundles(note(script, List.of(later))))
                .refused(RefusalCode.LOG_CHECKPOINT_INVALID);
    }

    private static Draft witnessTime(String name, long time, String lesson) {
        RoundScript script = Rounds.witnessed(1, 1);
        NoteSignature signature = cosignature(script, script.log().witnesses().getFirst(), time);
        return Draft.of(name, script, lesson).kit(script.bundles(note(script, List.of(signature))));
    }

    private static SignedNote note(RoundScript script, List<NoteSignature> cosignatures) {
        try {
            String text = script.log().text();
            return new SignedNote(text, List.of(script.log().signer().sign(text))).with(cosignatures);
        } catch (SignatureException e) {
            throw new AssertionError(e);
        }
    }

    private static NoteSignature cosignature(RoundScript script, NoteSigner witness, long time) {
        try {
            return witness.cosign(script.log().text(), time);
        } catch (SignatureException e) {
            throw new AssertionError(e);
        }
    }
}
