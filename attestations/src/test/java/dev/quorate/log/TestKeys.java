package dev.quorate.log;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.List;

/** Fresh keys and what they sign. */
final class TestKeys {
    static final String ORIGIN = "log.example";

    private TestKeys() {}

    static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static NoteSigner log() {
        return Ed25519NoteSigner.of(new KeyName(ORIGIN), NoteAlgorithm.ED25519, pair());
    }

    static NoteSigner witness(String name) {
        return Ed25519NoteSigner.of(new KeyName(name), NoteAlgorithm.COSIGNATURE_V1, pair());
    }

    static SignedNote signed(NoteSigner log, TreeHead head, NoteSignature... more) throws SignatureException {
        String text = new Checkpoint(ORIGIN, head).text();
        return new SignedNote(text, List.of(log.sign(text))).with(Arrays.asList(more));
    }
}
