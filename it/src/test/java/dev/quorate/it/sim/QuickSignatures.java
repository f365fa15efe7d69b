package dev.quorate.it.sim;

import dev.quorate.digest.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * A provider of the Java cryptography architecture for long runs: Bouncy Castle's signatures, and each question whether
 * a key made a signature over a message is answered once. What is tested does not know of it, and no check is left out:
 * the answer is a function of the key, the message and the signature. One thread only.
 */
final class QuickSignatures extends Provider {
    private static final long serialVersionUID = 1;
    private static final int REMEMBERED = 20_000;
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
    private static final SequencedMap<Sha256, Boolean> ANSWERS = new LinkedHashMap<>();
    private static final Map<ByteBuffer, Key> KEYS = new HashMap<>();

    private QuickSignatures() {
        super("QuickSignatures", "1", "Bouncy Castle's signatures, each verified once");
        List.of("SHA256withECDSA", "Ed25519").forEach(algorithm -> putService(new Of(this, algorithm)));
    }

    /** From now on this process signs and verifies with it. */
    static void install() {
        Security.insertProviderAt(new QuickSignatures(), 1);
    }

    private static final class Of extends Service {
        Of(Provider provider, String algorithm) {
            super(provider, "Signature", algorithm, Quick.class.getName(), List.of(), Map.of());
        }

        @Override
        public Object newInstance(Object parameter) {
            return new Quick(getAlgorithm());
        }
    }

    private static final class Quick extends SignatureSpi {
        private final String algorithm;
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private Key key;
        private SecureRandom randomness = new SecureRandom();

        Quick(String algorithm) {
            this.algorithm = algorithm;
        }

        @Override
        protected void engineInitVerify(PublicKey publicKey) throws InvalidKeyException {
            key = translated(publicKey);
        }

        @Override
        protected void engineInitSign(PrivateKey privateKey) throws InvalidKeyException {
            key = translated(privateKey);
        }

        @Override
        protected void engineInitSign(PrivateKey privateKey, SecureRandom random) throws InvalidKeyException {
            randomness = random;
            engineInitSign(privateKey);
        }

        private Key translated(Key foreign) throws InvalidKeyException {
            ByteBuffer encoded = ByteBuffer.wrap(foreign.getEncoded());
            Key known = KEYS.get(encoded);
            if (known == null) {
                try {
                    String family = algorithm.equals("Ed25519") ? "Ed25519" : "EC";
                    KeyFactory keys = KeyFactory.getInstance(family, BOUNCY_CASTLE);
                    known = foreign instanceof PublicKey
                            ? keys.generatePublic(new X509EncodedKeySpec(encoded.array()))
                            : keys.generatePrivate(new PKCS8EncodedKeySpec(encoded.array()));
                } catch (GeneralSecurityException e) {
                    throw new InvalidKeyException(e);
                }
                KEYS.put(encoded, known);
            }
            return known;
        }

        @Override
        protected void engineUpdate(byte b) {
            message.write(b);
        }

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int length) {
            message.write(bytes, offset, length);
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            try {
                Signature signature = Signature.getInstance(algorithm, BOUNCY_CASTLE);
                signature.initSign((PrivateKey) key, randomness);
                signature.update(message.toByteArray());
                message.reset();
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new SignatureException(e);
            }
        }

        @Override
        protected boolean engineVerify(byte[] signature) throws SignatureException {
            byte[] signed = message.toByteArray();
            message.reset();
            Sha256 question = question(signed, signature);
            Boolean known = ANSWERS.get(question);
            if (known == null) {
                known = verifies(signed, signature);
                ANSWERS.put(question, known);
                if (ANSWERS.size() > REMEMBERED) {
                    ANSWERS.pollFirstEntry();
                }
            }
            return known;
        }

        private boolean verifies(byte[] signed, byte[] signature) throws SignatureException {
            try {
                Signature verifier = Signature.getInstance(algorithm, BOUNCY_CASTLE);
                verifier.initVerify((PublicKey) key);
                verifier.update(signed);
                return verifier.verify(signature);
            } catch (GeneralSecurityException e) {
                throw new SignatureException(e);
            }
        }

        /** Each part with its length before it: no two questions are the same bytes. */
        private Sha256 question(byte[] signed, byte[] signature) {
            byte[] encoded = key.getEncoded();
            return Sha256.of(ByteBuffer.allocate(12 + encoded.length + signed.length + signature.length)
                    .putInt(encoded.length)
                    .put(encoded)
                    .putInt(signed.length)
                    .put(signed)
                    .putInt(signature.length)
                    .put(signature)
                    .array());
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {
            throw new InvalidParameterException("a signature here has no parameters");
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new InvalidParameterException("a signature here has no parameters");
        }
    }
}
