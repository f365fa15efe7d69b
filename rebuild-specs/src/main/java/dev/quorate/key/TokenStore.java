package dev.quorate.key;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.stream.Stream;

/** A token as SunPKCS11 shows it: a key store. */
final class TokenStore {
    private TokenStore() {}

    /** The lines that SunPKCS11 and keytool are configured with. */
    static String configuration(Path module, long slot) {
        return "name = quorate\nlibrary = \"" + module + "\"\nslot = " + Long.toUnsignedString(slot) + "\n";
    }

    static Provider provider(TokenKey key, long slot) throws UnusableKeyException {
        Provider sun = Security.getProvider("SunPKCS11");
        if (sun == null) {
            throw key.refused("this JDK lacks SunPKCS11, its module jdk.crypto.cryptoki");
        }
        try {
            return sun.configure("--" + configuration(key.module(), slot));
        } catch (InvalidParameterException | ProviderException e) {
            throw new UnusableKeyException(key.shortName() + ": its PKCS#11 module cannot be used: " + reason(e), e);
        }
    }

    /** Logs in. */
    static KeyStore open(TokenKey key, Provider provider, char[] pin) throws UnusableKeyException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS11", provider);
            store.load(null, pin);
            return store;
        } catch (IOException | GeneralSecurityException | ProviderException e) {
            throw new UnusableKeyException(key.shortName() + ": " + loginProblem(key, reason(e)), e);
        }
    }

    private static String loginProblem(TokenKey key, String reason) {
        return switch (reason) {
            case "CKR_PIN_INCORRECT", "CKR_PIN_INVALID", "CKR_PIN_LEN_RANGE" ->
                "the token refuses the PIN in " + key.pinSource() + "; a few more wrong ones lock it";
            case "CKR_PIN_LOCKED" ->
                "the token is locked after too many wrong PINs; its security officer sets a new one";
            default -> "the token cannot be logged in to: " + reason;
        };
    }

    static PrivateKey privateKey(TokenKey key, KeyStore store) throws UnusableKeyException {
        try {
            if (store.isKeyEntry(key.object()) && store.getKey(key.object(), null) instanceof PrivateKey found) {
                return found;
            }
        } catch (GeneralSecurityException | ProviderException e) {
            throw new UnusableKeyException(key.shortName() + ": the key cannot be read: " + reason(e), e);
        }
        throw key.refused("the token has no such key with a certificate; make one with:"
                + " quorate trust key --pkcs11 URI -o FILE");
    }

    static ECPublicKey publicKey(TokenKey key, KeyStore store) throws UnusableKeyException {
        try {
            Certificate certificate = store.getCertificate(key.object());
            if (certificate.getPublicKey() instanceof ECPublicKey found && P256.holds(found)) {
                return found;
            }
        } catch (GeneralSecurityException e) {
            throw new UnusableKeyException(key.shortName() + ": its certificate cannot be read: " + reason(e), e);
        }
        throw key.refused("is not a key on P-256");
    }

    /** What the token said, {@code CKR_…}, or else what the outermost exception says. */
    static String reason(Throwable e) {
        return Stream.iterate(e, Throwable::getCause)
                .takeWhile(cause -> cause != null)
                .map(cause -> String.valueOf(cause.getMessage()))
                .filter(message -> message.startsWith("CKR_"))
                .findFirst()
                .orElseGet(() -> dev.quorate.json.Printable.of(String.valueOf(e.getMessage())));
    }
}
