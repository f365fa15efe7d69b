package dev.quorate.it.sim;

import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.Signer;
import dev.quorate.log.Ed25519NoteSigner;
import dev.quorate.log.KeyName;
import dev.quorate.log.NoteAlgorithm;
import dev.quorate.log.NoteSigner;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.SplittableRandom;

/** Real keys that are the same in every run, and sign one message always alike. */
final class SeededKeys {
    private SeededKeys() {}

    /** Nothing secret: a run has to give the same bytes again. */
    private static final class Repeating extends SecureRandom {
        private static final long serialVersionUID = 1;
        private final transient SplittableRandom random;

        Repeating(long seed) {
            random = new SplittableRandom(seed);
        }

        @Override
        public void nextBytes(byte[] bytes) {
            random.nextBytes(bytes);
        }
    }

    static Signer p256(long number) {
        return new Repeatable(pair(number));
    }

    static KeyPair pair(long number) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), new Repeating(number));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static NoteSigner log(String origin, long number) {
        return note(origin, NoteAlgorithm.ED25519, number);
    }

    static NoteSigner note(String name, NoteAlgorithm algorithm, long number) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Repeating(number));
            return Ed25519NoteSigner.of(new KeyName(name), algorithm, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Like {@link KeyPairSigner}, with the randomness of ECDSA taken from the message. */
    private record Repeatable(KeyPair pair, P256Key publicKey) implements Signer {
        Repeatable(KeyPair pair) {
            this(pair, P256Key.of(pair.getPublic()));
        }

        @Override
        public byte[] sign(byte[] message) throws GeneralSecurityException {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate(), new Repeating(java.util.Arrays.hashCode(message)));
            signature.update(message);
            return signature.sign();
        }
    }
}
