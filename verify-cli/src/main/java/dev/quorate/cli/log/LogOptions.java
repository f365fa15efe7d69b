package dev.quorate.cli.log;

import dev.quorate.cli.Arguments;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.Option;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.Syntax;
import dev.quorate.cli.coordinator.ClientConfig;
import dev.quorate.cli.coordinator.PinnedCertificate;
import dev.quorate.json.MalformedException;
import dev.quorate.json.Printable;
import dev.quorate.log.CheckpointVerifier;
import dev.quorate.log.NoteAlgorithm;
import dev.quorate.log.NoteKey;
import dev.quorate.trust.SignedTrust;
import dev.quorate.trust.TrustRoot;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The options that {@code log check} and {@code log watch} share. */
final class LogOptions {
    private LogOptions() {}

    static Syntax syntax(String name) {
        return Syntax.of(name)
                .operands("URL|DIR", 1, 1)
                .with(
                        Option.optional("key", "VKEY"),
                        Option.optional("trust", "FILE"),
                        Option.optional("origin", "NAME"),
                        Option.optional("witnesses", "K"),
                        Option.optional("state", "FILE"),
                        Option.optional("ca", "FILE"),
                        Option.optional("config", "FILE"));
    }

    static LogSite site(Arguments arguments, Surroundings here) throws RefusedException, MalformedException {
        return site(arguments.operand(0, text -> text), arguments, here);
    }

    static LogSite site(String where, Arguments arguments, Surroundings here)
            throws RefusedException, MalformedException {
        if (where.startsWith("https://") || where.startsWith("http://")) {
            URI uri = url(where, arguments);
            return WebSite.at(uri, tls(uri, arguments, here));
        }
        Path directory = here.path(where);
        if (!Files.isDirectory(directory)) {
            throw arguments.refused(
                    Printable.quote(where) + " is no directory; name one, or a URL like https://host:8443/log");
        }
        return new DirectorySite(directory);
    }

    private static URI url(String where, Arguments arguments) throws RefusedException {
        try {
            return prefix(where);
        } catch (IllegalArgumentException e) {
            throw arguments.refused("URL|DIR: " + e.getMessage() + ", not " + Printable.quote(where));
        }
    }

    private static URI prefix(String text) {
        URI uri = URI.create(text);
        if (uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("must be a URL like https://host:8443/log");
        }
        return uri;
    }

    /** Whom to believe: the certificate given, or the coordinator's if it is the configured one's log. */
    private static Optional<SSLContext> tls(URI site, Arguments arguments, Surroundings here)
            throws RefusedException, MalformedException {
        if (arguments.has("ca")) {
            return Optional.of(PinnedCertificate.context(GivenFile.of(here, arguments.value("ca"))));
        }
        Optional<ClientConfig> config = ClientConfig.findIfAny(arguments, here);
        boolean own = config.isPresent()
                && config.get().coordinator().getRawAuthority().equals(site.getRawAuthority());
        return own ? Optional.of(PinnedCertificate.context(config.get().coordinatorCertificate())) : Optional.empty();
    }

    static CheckpointVerifier verifier(Arguments arguments, Surroundings here)
            throws RefusedException, MalformedException {
        if (arguments.has("key") == arguments.has("trust")) {
            throw arguments.refused("needs --key VKEY or --trust FILE, one of them");
        }
        if (arguments.has("key")) {
            return CheckpointVerifier.unwitnessed(arguments.value("key", LogOptions::logKey));
        }
        return trusted(arguments, here);
    }

    /** By the trust root's log and witnesses. */
    static CheckpointVerifier trusted(Arguments arguments, Surroundings here)
            throws RefusedException, MalformedException {
        TrustRoot trust = trust(arguments, here);
        List<NoteKey> witnesses = trust.witnesses();
        int required = arguments.optional("witnesses", LogOptions::count).orElse(Math.min(1, witnesses.size()));
        if (required > witnesses.size()) {
            throw arguments.refused("--witnesses: the trust root names " + witnesses.size());
        }
        return new CheckpointVerifier(log(trust, arguments), witnesses, required);
    }

    private static NoteKey log(TrustRoot trust, Arguments arguments) throws RefusedException {
        Optional<String> origin = arguments.optional("origin");
        List<NoteKey> named = trust.logs().stream()
                .filter(log -> origin.isEmpty() || log.name().text().equals(origin.get()))
                .toList();
        if (named.size() != 1) {
            throw arguments.refused("the trust root names " + named.size() + " such logs, and one is looked at; name it"
                    + " with --origin, or give its --key");
        }
        return named.getFirst();
    }

    static TrustRoot trust(Arguments arguments, Surroundings here) throws RefusedException, MalformedException {
        GivenFile file = GivenFile.of(here, arguments.value("trust"));
        TrustRoot trust = SignedTrust.parse(file.bytes(SignedTrust.MAX_BYTES), file.printable())
                .verifyAlone()
                .orElseThrow(() -> new RefusedException(
                        file.printable() + ": is not signed by as many of its root keys as its threshold says"));
        if (!here.now().isBefore(trust.expires())) {
            throw new RefusedException(file.printable() + ": expired on " + trust.expires() + "; get its next version");
        }
        return trust;
    }

    static LogState state(Arguments arguments, Surroundings here, NoteKey log) throws RefusedException {
        return LogState.open(
                arguments.has("state") ? Optional.of(GivenFile.of(here, arguments.value("state"))) : Optional.empty(),
                log);
    }

    private static NoteKey logKey(String text) {
        NoteKey key = NoteKey.parse(text);
        if (key.algorithm() != NoteAlgorithm.ED25519) {
            throw new IllegalArgumentException("must be a log's key, of type 1");
        }
        return key;
    }

    private static int count(String text) {
        if (!text.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("must be a number from 0");
        }
        return Integer.parseInt(text);
    }
}
