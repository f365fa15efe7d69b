package dev.quorate.it.sim;

import dev.quorate.digest.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.jcajce.interfaces.EdDSAPrivateKey;
import org.bouncycastle.jce.interfaces.ECPrivateKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jce.spec.ECPublicKeySpec;

/**
 * A provider of the Java cryptography architecture for long runs, whose signatures are ideal ones: what a private key signs
 * here is written down, and exactly that verifies under its public key. The form is the real one. Whatever was not signed
 * here is really verified, by Bouncy Castle, and each such question is answered once. What is tested does not know of it,
 * and no check is left out. One thread only; the same message is signed alike each time.
 */
final class QuickSignatures extends Provider {
    private static final long serialVersionUID = 1;
    private static final String NAME = "QuickSignatures";
    /** How a TPM's signature is verified: the same two numbers in another form. */
    private static final String PLAIN = "SHA256withECDSAinP1363Format";

    private static final int REMEMBERED = 20_000;
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
    private static final Set<Sha256> SIGNED = new HashSet<>();
    private static final SequencedMap<Sha256, Boolean> ANSWERS = new LinkedHashMap<>();
    private static final Map<ByteBuffer, Known> KEYS = new HashMap<>();

    private QuickSignatures() {
        super(NAME, "1", "ideal signatures, in the form of real ones");
        List.of("SHA256withECDSA", PLAIN, "Ed25519").forEach(algorithm -> putService(new Of(this, algorithm)));
    }

    /** From now on this process signs and verifies with it. */
    static void install() {
        Security.insertProviderAt(new QuickSignatures(), 1);
    }

    /** Whether this process signs with it. */
    static boolean areInstalled() {
        return Security.getProvider(NAME) != null;
    }

    /** A new run begins: what was signed in those before is no longer a signature. */
    static void forget() {
        SIGNED.clear();
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

    /**
     * A key that was used here.
     *
     * @param spki of it, or of the public half
     */
    private record Known(Key key, byte[] spki) {}

    private static final class Quick extends SignatureSpi {
        private final String algorithm;
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private Known known;

        Quick(String algorithm) {
            this.algorithm = algorithm;
        }

        @Override
        protected void engineInitVerify(PublicKey publicKey) throws InvalidKeyException {
            known = known(publicKey);
        }

        @Override
        protected void engineInitSign(PrivateKey privateKey) throws InvalidKeyException {
            if (algorithm.equals(PLAIN)) {
                throw new InvalidKeyException("is only verified here");
            }
            known = known(privateKey);
        }

        private Known known(Key foreign) throws InvalidKeyException {
            ByteBuffer encoded = ByteBuffer.wrap(foreign.getEncoded());
            Known found = KEYS.get(encoded);
            if (found == null) {
                try {
                    String family = algorithm.equals("Ed25519") ? "Ed25519" : "EC";
                    KeyFactory keys = KeyFactory.getInstance(family, BOUNCY_CASTLE);
                    if (foreign instanceof PublicKey) {
                        found = new Known(
                                keys.generatePublic(new X509EncodedKeySpec(encoded.array())), foreign.getEncoded());
                    } else {
                        PrivateKey secret = keys.generatePrivate(new PKCS8EncodedKeySpec(encoded.array()));
                        found = new Known(secret, spki(secret, keys));
                    }
                } catch (GeneralSecurityException e) {
                    throw new InvalidKeyException(e);
                }
                KEYS.put(encoded, found);
            }
            return found;
        }

        private static byte[] spki(PrivateKey secret, KeyFactory keys) throws GeneralSecurityException {
            if (secret instanceof EdDSAPrivateKey key) {
                return key.getPublicKey().getEncoded();
            }
            var key = (ECPrivateKey) secret;
            var point = key.getParameters().getG().multiply(key.getD()).normalize();
            return keys.generatePublic(new ECPublicKeySpec(point, key.getParameters()))
                    .getEncoded();
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
        protected byte[] engineSign() {
            byte[] signed = message.toByteArray();
            message.reset();
            byte[] signature = signature(signed);
            SIGNED.add(question(signed, signature));
            return signature;
        }

        /** Two numbers that follow from the key and the message: below 2^255, so that their form is always the same. */
        private byte[] signature(byte[] signed) {
            byte[] r = Sha256.of(joined(known.spki(), signed)).bytes();
            byte[] s = Sha256.of(r).bytes();
            if (algorithm.equals("Ed25519")) {
                s[31] &= 0x0f;
                return joined(r, s);
            }
            r[0] = (byte) (r[0] & 0x3f | 0x40);
            s[0] = (byte) (s[0] & 0x3f | 0x40);
            return ByteBuffer.allocate(70)
                    .put(new byte[] {0x30, 68, 2, 32})
                    .put(r)
                    .put(new byte[] {2, 32})
                    .put(s)
                    .array();
        }

        private static byte[] joined(byte[] one, byte[] other) {
            return ByteBuffer.allocate(one.length + other.length)
                    .put(one)
                    .put(other)
                    .array();
        }

        @Override
        protected boolean engineVerify(byte[] signature) throws SignatureException {
            byte[] signed = message.toByteArray();
            message.reset();
            byte[] form = algorithm.equals(PLAIN) ? der(signature) : signature;
            Sha256 question = question(signed, form);
            return SIGNED.contains(question) || answer(question, signed, form);
        }

        private static byte[] der(byte[] plain) throws SignatureException {
            var numbers = new ASN1EncodableVector();
            numbers.add(new ASN1Integer(new BigInteger(1, plain, 0, plain.length / 2)));
            numbers.add(new ASN1Integer(new BigInteger(1, plain, plain.length / 2, plain.length / 2)));
            try {
                return new DERSequence(numbers).getEncoded();
            } catch (IOException e) {
                throw new SignatureException(e);
            }
        }

        private boolean answer(Sha256 question, byte[] signed, byte[] signature) throws SignatureException {
            Boolean answer = ANSWERS.get(question);
            if (answer == null) {
                answer = verifies(signed, signature);
                ANSWERS.put(question, answer);
                if (ANSWERS.size() > REMEMBERED) {
                    ANSWERS.pollFirstEntry();
                }
            }
            return answer;
        }

        private boolean verifies(byte[] signed, byte[] signature) throws SignatureException {
            try {
                String form = algorithm.equals(PLAIN) ? "SHA256withECDSA" : algorithm;
                Signature verifier = Signature.getInstance(form, BOUNCY_CASTLE);
                verifier.initVerify((PublicKey) known.key());
                verifier.update(signed);
                return verifier.verify(signature);
            } catch (GeneralSecurityException e) {
                throw new SignatureException(e);
            }
        }

        /** Each part with its length before it: no two questions are the same bytes. */
        private Sha256 question(byte[] signed, byte[] signature) {
            byte[] spki = known.spki();
            return Sha256.of(ByteBuffer.allocate(12 + spki.length + signed.length + signature.length)
                    .putInt(spki.length)
                    .put(spki)
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
