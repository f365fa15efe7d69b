package dev.quorate.coordinator;

import dev.quorate.coordinator.config.Config;
import dev.quorate.coordinator.config.ConfigException;
import dev.quorate.coordinator.desk.Setup;
import dev.quorate.coordinator.desk.TrustBook;
import dev.quorate.coordinator.enrol.Register;
import dev.quorate.coordinator.keys.Keys;
import dev.quorate.coordinator.log.Witness;
import dev.quorate.json.MalformedException;
import dev.quorate.policy.Policy;
import dev.quorate.trust.Principal;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TimedKey;
import dev.quorate.trust.TrustRoot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Checks before the start that policy, trust root and keys fit together, so that no round fails for it later. */
final class Startup {
    private Startup() {}

    /**
     * @param versions of the trust root that were in force here, oldest first
     */
    static Setup setup(Config config, Keys keys, List<SignedTrust> versions, Instant now) throws ConfigException {
        Policy policy = policy(config);
        SignedTrust trust = newest(config.trust(), trust(config.trust()), versions);
        if (!now.isBefore(trust.trust().expires())) {
            throw new ConfigException(
                    config.trust() + ": expired at " + trust.trust().expires() + "; sign its next version");
        }
        requireCertifier(config, keys, trust.trust(), now);
        if (!trust.trust().logs().contains(keys.log().key())) {
            throw new ConfigException(config.trust() + ": does not name this coordinator's log; add "
                    + keys.log().key().vkey() + " to its logs");
        }
        requireWitnesses(config, policy, trust.trust());
        requireTime(config, policy, trust.trust());
        return new Setup(
                config.name(),
                keys.certifier(),
                trust,
                policy,
                config.builders(),
                config.lease(),
                config.commitWithin(),
                config.revealWithin());
    }

    /** Who may enrol a host. */
    static Register register(Config config, Supplier<TrustRoot> trust) throws ConfigException {
        List<X509Certificate> makers = new ArrayList<>();
        if (config.makers().isPresent()) {
            Path file = config.makers().get();
            try {
                for (Certificate maker : CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(read(file, "makers")))) {
                    makers.add((X509Certificate) maker);
                }
            } catch (CertificateException e) {
                throw new ConfigException("makers: " + file + " holds something else than certificates in PEM", e);
            }
        }
        return new Register(makers, trust);
    }

    private static void requireWitnesses(Config config, Policy policy, TrustRoot trust) throws ConfigException {
        if (policy.witnesses() > config.witnesses().size()) {
            throw new ConfigException(
                    config.policy() + ": wants " + policy.witnesses() + " witnesses, and the configuration names "
                            + config.witnesses().size() + "; add some");
        }
        for (Witness witness : config.witnesses()) {
            if (!trust.witnesses().contains(witness.key())) {
                throw new ConfigException(
                        config.trust() + ": does not name the witness " + witness.key() + "; add it to its witnesses");
            }
        }
    }

    /** Who names time authorities takes no certificate without a token, where no witness gives the time. */
    private static void requireTime(Config config, Policy policy, TrustRoot trust) throws ConfigException {
        boolean named = !trust.timeAuthorities().isEmpty();
        if (config.timeAuthority().isPresent() && !named) {
            throw new ConfigException(config.trust()
                    + ": names no time authority, so nobody would take the word of timeAuthority; add it");
        } else if (config.timeAuthority().isEmpty() && named && policy.witnesses() == 0) {
            throw new ConfigException("timeAuthority: is missing, and " + config.trust()
                    + " names time authorities and " + config.policy()
                    + " asks for no witnesses: every certificate would be refused; name a server");
        }
    }

    private static Policy policy(Config config) throws ConfigException {
        try {
            Policy policy = Policy.parse(
                    read(config.policy(), "policy"), config.policy().toString());
            if (policy.threshold() > config.builders()) {
                throw new ConfigException("builders: a round enrols " + config.builders()
                        + ", and the policy's threshold " + policy.threshold() + " needs as many; raise builders");
            }
            return policy;
        } catch (MalformedException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }

    static SignedTrust trust(Path file) throws ConfigException {
        try {
            SignedTrust signed = SignedTrust.parse(read(file, "trust"), file.toString());
            if (signed.verifyAlone().isEmpty()) {
                throw new ConfigException(
                        file + ": is not signed by as many of its root keys as its threshold says; sign it");
            }
            return signed;
        } catch (MalformedException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }

    /** The file's version if it is the next one or the first, else the one that was in force last. */
    private static SignedTrust newest(Path file, SignedTrust given, List<SignedTrust> versions) throws ConfigException {
        if (versions.isEmpty()) {
            return given;
        }
        SignedTrust last = versions.getLast();
        int have = last.trust().version();
        int version = given.trust().version();
        if (version < have || given.trust().equals(last.trust())) {
            return last;
        } else if (version == have) {
            throw new ConfigException(file + ": is another version " + have
                    + " than the one that was in force here; a number is used once, so sign a later version");
        } else if (given.verifyAfter(last.trust()).isEmpty()) {
            throw new ConfigException(file + ": is version " + version + " and does not follow version " + have
                    + ", which was in force here; give each version in between, signed by the root keys of the one"
                    + " before it");
        }
        Optional<String> givenAway = TrustBook.givenAway(versions, given);
        if (givenAway.isPresent()) {
            throw new ConfigException(file + ": " + givenAway.get());
        }
        return given;
    }

    private static void requireCertifier(Config config, Keys keys, TrustRoot trust, Instant now)
            throws ConfigException {
        Optional<Principal> certifier = trust.certifierWith(keys.certifier().publicKey());
        Optional<TimedKey> key = certifier.flatMap(c -> c.key(keys.certifier().publicKey()));
        if (certifier.isEmpty() || !certifier.get().id().equals(config.name())) {
            throw new ConfigException(config.trust() + ": does not name " + config.name()
                    + " as the certifier with this coordinator's key; add "
                    + keys.certifier().publicKey());
        } else if (!key.orElseThrow().isValidAt(now)
                || trust.isRevoked(keys.certifier().publicKey(), now)) {
            throw new ConfigException(
                    config.trust() + ": this coordinator's certifier key does not count at this time; rotate it");
        }
    }

    private static byte[] read(Path file, String name) throws ConfigException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ConfigException(name + ": cannot read " + file + "; check its path and its permissions", e);
        }
    }
}
