package dev.quorate.key;

import dev.quorate.inputs.process.Command;
import dev.quorate.inputs.process.CommandFailedException;
import dev.quorate.json.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes a key on a token with the JDK's keytool, which signs the certificate that belongs to it. */
final class TokenKeyMaker {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int MOST_OUTPUT = 1 << 16;

    private TokenKeyMaker() {}

    static OpenKey make(TokenKey key) throws UnusableKeyException, InterruptedException {
        long slot = key.slot();
        KeyStore store = TokenStore.open(key, TokenStore.provider(key, slot), key.pin());
        try {
            if (store.containsAlias(key.object())) {
                throw key.refused("is there already; choose another label");
            }
        } catch (KeyStoreException e) {
            throw new UnusableKeyException(key.shortName() + ": the token cannot be read", e);
        }
        try {
            run(key, slot);
        } catch (CommandFailedException e) {
            throw new UnusableKeyException(
                    key.shortName() + ": the token makes no key: " + Printable.of(String.valueOf(e.getMessage())), e);
        } catch (IOException e) {
            throw new UnusableKeyException(key.shortName() + ": keytool of this JDK cannot be run", e);
        }
        return key.open();
    }

    private static void run(TokenKey key, long slot) throws IOException, InterruptedException {
        Path configuration = Files.createTempFile("quorate-token", ".conf");
        try {
            Files.writeString(configuration, TokenStore.configuration(key.module(), slot));
            new Command(
                            arguments(key, configuration),
                            environment(),
                            configuration.toAbsolutePath().getParent(),
                            LIMIT)
                    .text(MOST_OUTPUT);
        } finally {
            Files.deleteIfExists(configuration);
        }
    }

    /** The certificate is an envelope for the public key: nobody reads its name or its end. */
    private static List<String> arguments(TokenKey key, Path configuration) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                "NONE",
                "-storetype",
                "PKCS11",
                "-providerClass",
                "sun.security.pkcs11.SunPKCS11",
                "-providerArg",
                configuration.toString(),
                "-storepass:file",
                key.pinSource().toString(),
                "-alias",
                key.object(),
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-sigalg",
                "SHA256withECDSA",
                "-dname",
                "CN=quorate",
                "-validity",
                "36500");
    }

    /** A module is told by variables of its own where its tokens are. */
    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("LC_ALL", "C.UTF-8");
        return environment;
    }
}
