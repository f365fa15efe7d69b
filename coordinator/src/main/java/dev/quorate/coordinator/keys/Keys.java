package dev.quorate.coordinator.keys;

import dev.quorate.coordinator.config.Config;
import dev.quorate.coordinator.config.ConfigException;
import dev.quorate.coordinator.config.TlsFiles;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.Signer;
import dev.quorate.json.Json;
import dev.quorate.log.Ed25519NoteSigner;
import dev.quorate.log.KeyName;
import dev.quorate.log.NoteAlgorithm;
import dev.quorate.log.NoteSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;

/**
 * What the coordinator signs and listens with.
 *
 * @param certifier signs openings and certificates
 * @param log signs checkpoints
 * @param tls the server's certificate and key
 */
public record Keys(Signer certifier, NoteSigner log, TlsFiles tls) {
    /** Reads the keys, and makes those that the directory lacks. */
    public static Keys openOrMake(Config config, Instant now) throws ConfigException, IOException {
        Files.createDirectories(config.dir());
        KeyPair certifier = certifier(config);
        Path logKey = config.dir().resolve("log.pem");
        if (Files.notExists(logKey)) {
            PrivateFiles.writeSecret(logKey, PemKeys.pem(PemKeys.newEd25519().getPrivate()));
        }
        NoteSigner log =
                Ed25519NoteSigner.of(new KeyName(config.name()), NoteAlgorithm.ED25519, PemKeys.ed25519(logKey));
        PrivateFiles.writePublic(config.dir().resolve("log.vkey"), log.key().vkey() + "\n");
        return new Keys(new KeyPairSigner(certifier), log, tls(config, now));
    }

    private static KeyPair certifier(Config config) throws ConfigException, IOException {
        if (config.key().isPresent()) {
            return PemKeys.p256(config.key().get());
        }
        Path file = config.dir().resolve("certifier.pem");
        if (Files.notExists(file)) {
            PrivateFiles.writeSecret(file, PemKeys.pem(PemKeys.newP256().getPrivate()));
        }
        KeyPair pair = PemKeys.p256(file);
        PrivateFiles.writePublic(
                config.dir().resolve("certifier.pub"),
                P256Key.of(pair.getPublic()).pem());
        return pair;
    }

    private static TlsFiles tls(Config config, Instant now) throws IOException, ConfigException {
        if (config.tls().isPresent()) {
            return config.tls().get();
        }
        var made = new TlsFiles(config.dir().resolve("tls.pem"), config.dir().resolve("tls.key"));
        if (Files.notExists(made.key())) {
            PrivateFiles.writeSecret(made.key(), PemKeys.pem(PemKeys.newP256().getPrivate()));
        }
        if (Files.notExists(made.certificate())) {
            KeyPair pair = PemKeys.p256(made.key());
            PrivateFiles.writePublic(made.certificate(), SelfSigned.pem(pair, config.name(), config.listen(), now));
        }
        return made;
    }

    /** What an operator puts into the trust root. */
    public Json.Obj summary() {
        return Json.object()
                .put("certifier", certifier.publicKey().toString())
                .put("log", log.key().vkey())
                .put("tls", tls.certificate().toString())
                .build();
    }
}
