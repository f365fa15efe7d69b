package dev.quorate.coordinator.keys;

import dev.quorate.coordinator.config.Config;
import dev.quorate.coordinator.config.ConfigException;
import dev.quorate.coordinator.config.TlsFiles;
import dev.quorate.dsse.DelegatedSigner;
import dev.quorate.dsse.Signer;
import dev.quorate.json.Json;
import dev.quorate.key.FileKey;
import dev.quorate.key.KeyReference;
import dev.quorate.key.OpenKey;
import dev.quorate.key.UnusableKeyException;
import dev.quorate.log.Ed25519NoteSigner;
import dev.quorate.log.KeyName;
import dev.quorate.log.NoteAlgorithm;
import dev.quorate.log.NoteSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Signer certifier = certifier(config);
        Path logKey = config.dir().resolve("log.pem");
        if (Files.notExists(logKey)) {
            PrivateFiles.writeSecret(logKey, Ed25519File.make());
        }
        NoteSigner log =
                Ed25519NoteSigner.of(new KeyName(config.name()), NoteAlgorithm.ED25519, Ed25519File.read(logKey));
        PrivateFiles.writePublic(config.dir().resolve("log.vkey"), log.key().vkey() + "\n");
        return new Keys(certifier, log, tls(config, now));
    }

    private static Signer certifier(Config config) throws ConfigException, IOException {
        if (config.key().isPresent()) {
            return open(config.key().get());
        }
        var file = new FileKey(config.dir().resolve("certifier.pem"));
        if (Files.notExists(file.path())) {
            file.make();
        }
        Signer signer = open(file);
        PrivateFiles.writePublic(
                config.dir().resolve("certifier.pub"), signer.publicKey().pem());
        return signer;
    }

    private static Signer open(KeyReference reference) throws ConfigException {
        try {
            OpenKey key = reference.open();
            return new DelegatedSigner(key.publicKey(), key::sign);
        } catch (UnusableKeyException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }

    private static TlsFiles tls(Config config, Instant now) throws IOException, ConfigException {
        if (config.tls().isPresent()) {
            return config.tls().get();
        }
        var made = new TlsFiles(config.dir().resolve("tls.pem"), config.dir().resolve("tls.key"));
        var key = new FileKey(made.key());
        if (Files.notExists(made.key())) {
            key.make();
        }
        if (Files.notExists(made.certificate())) {
            try {
                String certificate = SelfSigned.pem(key.pair(), config.name(), config.listen(), now);
                PrivateFiles.writePublic(made.certificate(), certificate);
            } catch (UnusableKeyException e) {
                throw new ConfigException(e.getMessage(), e);
            }
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
