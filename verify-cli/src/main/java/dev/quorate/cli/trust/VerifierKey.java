package dev.quorate.cli.trust;

import dev.quorate.cli.Arguments;
import dev.quorate.cli.RefusedException;
import dev.quorate.json.Printable;
import dev.quorate.log.NoteKey;

/** A log's or a witness's verifier key as C2SP signed-note writes it. */
final class VerifierKey {
    private VerifierKey() {}

    static NoteKey read(String vkey, Arguments arguments) throws RefusedException {
        try {
            return NoteKey.parse(vkey);
        } catch (IllegalArgumentException e) {
            throw arguments.refused(Printable.quote(vkey) + ": " + e.getMessage());
        }
    }
}
