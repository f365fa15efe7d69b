package dev.quorate.coordinator.config;

import dev.quorate.coordinator.log.Witness;
import dev.quorate.json.Fields;
import dev.quorate.json.MalformedException;
import dev.quorate.json.YamlReader;
import dev.quorate.key.KeyReference;
import dev.quorate.log.NoteKey;
import dev.quorate.quantity.Span;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One coordinator's configuration; the package describes the file.
 *
 * @param builders how many builders a round enrols
 * @param key the certifier's, if the operator brings one
 * @param tls the server's, if the operator brings one
 * @param witnesses who cosigns the log's heads
 * @param makers certificates of the makers whose TPMs may enrol, PEM
 * @param hostCertificates how long the certificate of a host lasts that has shown its state
 * @param timeAuthority the server that stamps certificates (RFC 3161 over HTTP)
 */
public record Config(
        Listen listen,
        Path dir,
        String name,
        Path trust,
        Path policy,
        int builders,
        Optional<KeyReference> key,
        Optional<TlsFiles> tls,
        Duration lease,
        Duration commitWithin,
        Duration revealWithin,
        List<Witness> witnesses,
        Optional<Path> makers,
        Duration hostCertificates,
        Optional<URI> timeAuthority) {
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MOST_BUILDERS = 1000;
    private static final int MOST_WITNESSES = 32;
    private static final Pattern HOST =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    /** Reads a file. */
    public static Config load(Path file) throws ConfigException {
        try {
            Path directory = file.toAbsolutePath().normalize().getParent();
            return parse(Files.readAllBytes(file), file.toString(), directory);
        } catch (IOException e) {
            throw new ConfigException("cannot read the configuration " + file + "; give its path with --config", e);
        } catch (MalformedException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }

    static Config parse(byte[] yaml, String fileName, Path directory) throws MalformedException {
        Fields fields = YamlReader.read(yaml, MAX_BYTES, fileName);
        var config = new Config(
                fields.string("listen", Listen::parse),
                fields.string("dir", path(directory)),
                fields.string("name", Config::hostName),
                fields.string("trust", path(directory)),
                fields.string("policy", path(directory)),
                (int) fields.integer("builders", 2, MOST_BUILDERS),
                fields.optional("key", text -> KeyReference.parse(text, directory)),
                fields.optionalObject("tls", f -> TlsFiles.read(f, directory)),
                duration(fields, "lease", Duration.ofSeconds(30)),
                duration(fields, "commitWithin", Duration.ofHours(2)),
                duration(fields, "revealWithin", Duration.ofMinutes(10)),
                fields.has("witnesses") ? fields.objects("witnesses", MOST_WITNESSES, Config::witness) : List.of(),
                fields.optional("makers", path(directory)),
                duration(fields, "hostCertificates", Duration.ofHours(4)),
                fields.optionalObject("timeAuthority", Config::timeAuthority));
        fields.end();
        return config;
    }

    /** The same with all that is kept in another directory. */
    public Config in(Path directory) {
        return new Config(
                listen,
                directory,
                name,
                trust,
                policy,
                builders,
                key,
                tls,
                lease,
                commitWithin,
                revealWithin,
                witnesses,
                makers,
                hostCertificates,
                timeAuthority);
    }

    static Fields.Parser<Path> path(Path directory) {
        return text -> {
            try {
                return directory.resolve(Path.of(text)).normalize();
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("must be a path", e);
            }
        };
    }

    private static Duration duration(Fields fields, String name, Duration otherwise) throws MalformedException {
        return fields.optional(name, Span::parse).map(Span::duration).orElse(otherwise);
    }

    private static String hostName(String text) {
        if (text.length() > 128 || !HOST.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a bare host name like quorate.example");
        }
        return text;
    }

    private static URI timeAuthority(Fields fields) throws MalformedException {
        URI url = fields.string("url", URI::create);
        fields.end();
        boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!web || url.getHost() == null) {
            throw fields.wrong("url", "must be a web address like http://tsa.example/");
        }
        return url;
    }

    private static Witness witness(Fields fields) throws MalformedException {
        URI url = fields.string("url", text -> URI.create(text.replaceFirst("/+$", "")));
        NoteKey key = fields.string("key", NoteKey::parse);
        fields.end();
        try {
            return new Witness(key, url);
        } catch (IllegalArgumentException e) {
            throw fields.wrong("url", e.getMessage());
        }
    }
}
