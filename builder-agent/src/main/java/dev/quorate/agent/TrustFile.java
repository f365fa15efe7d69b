package dev.quorate.agent;

import dev.quorate.dsse.P256Key;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TrustRoot;
import dev.quorate.trust.TrustedBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The trust root's file. */
final class TrustFile {
    private TrustFile() {}

    /**
     * Reads and verifies the file.
     *
     * @throws ConfigurationException if it is not signed as it asks itself, has expired, or does not know this builder
     *     under this key, or names no log
     */
    static TrustRoot read(Path file, BuilderId self, P256Key key, Instant now)
            throws ConfigurationException, MalformedException {
        TrustRoot root = SignedTrust.parse(bytes(file), file.toString())
                .verifyAlone()
                .orElseThrow(() -> new ConfigurationException(
                        file + ": too few of its root keys have signed it; sign it with quorate trust sign"));
        if (!now.isBefore(root.expires())) {
            throw new ConfigurationException(file + ": expired at " + root.expires() + "; get a newer trust root");
        }
        Optional<TrustedBuilder> builder = root.builder(self);
        if (builder.flatMap(known -> known.key(key)).isEmpty()) {
            throw new ConfigurationException(file + ": does not name the builder " + self
                    + " with this agent's key; add it with quorate trust add, with the key that --init prints");
        }
        if (root.logs().isEmpty()) {
            throw new ConfigurationException(
                    file + ": names no log; add the coordinator's with quorate trust add, or nothing can be revealed");
        }
        return root;
    }

    private static byte[] bytes(Path file) throws ConfigurationException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(SignedTrust.MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(file + ": is not there; copy the trust root there");
        } catch (IOException e) {
            throw new ConfigurationException(file + ": cannot be read; check its permissions");
        }
    }
}
