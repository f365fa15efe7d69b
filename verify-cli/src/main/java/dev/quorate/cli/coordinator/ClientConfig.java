package dev.quorate.cli.coordinator;

import dev.quorate.cli.Arguments;
import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.Surroundings;
import dev.quorate.cli.key.GivenKey;
import dev.quorate.json.Fields;
import dev.quorate.json.MalformedException;
import dev.quorate.json.YamlReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the coordinator is and who the maintainer is; see the package for the file.
 *
 * @param file the file itself, as messages call it
 * @param key the maintainer's private key
 */
public record ClientConfig(String file, URI coordinator, GivenFile coordinatorCertificate, Optional<GivenKey> key) {
    private static final int MAX_BYTES = 64 * 1024;

    /** Reads the file that the options or the environment name. */
    public static ClientConfig find(Arguments arguments, Surroundings here)
            throws RefusedException, MalformedException {
        Optional<String> named = arguments.optional("config").or(() -> here.variable("QUORATE_CONFIG"));
        if (named.isPresent()) {
            return read(GivenFile.of(here, named.get()));
        }
        Path usual = usual(here);
        if (!Files.exists(usual)) {
            throw new RefusedException("no coordinator is configured; give --config FILE or write " + usual
                    + " with coordinator, coordinatorCertificate and key");
        }
        return read(new GivenFile(usual.toString(), usual));
    }

    /** The same for a command that can do without one. */
    public static Optional<ClientConfig> findIfAny(Arguments arguments, Surroundings here)
            throws RefusedException, MalformedException {
        boolean named =
                arguments.has("config") || here.variable("QUORATE_CONFIG").isPresent();
        boolean homeless = here.variable("XDG_CONFIG_HOME").isEmpty()
                && here.variable("HOME").isEmpty();
        return named || !homeless && Files.exists(usual(here)) ? Optional.of(find(arguments, here)) : Optional.empty();
    }

    private static Path usual(Surroundings here) throws RefusedException {
        return configHome(here).resolve("quorate").resolve("client.yaml");
    }

    private static Path configHome(Surroundings here) throws RefusedException {
        Optional<Path> xdg = here.variable("XDG_CONFIG_HOME").map(Path::of).filter(Path::isAbsolute);
        if (xdg.isPresent()) {
            return xdg.get();
        }
        String home = here.variable("HOME")
                .orElseThrow(() -> new RefusedException("neither XDG_CONFIG_HOME nor HOME is set; give --config FILE"));
        return here.path(home).resolve(".config");
    }

    static ClientConfig read(GivenFile file) throws RefusedException, MalformedException {
        Fields fields = YamlReader.read(file.bytes(MAX_BYTES), MAX_BYTES, file.printable());
        URI coordinator = fields.string("coordinator", ClientConfig::https);
        GivenFile certificate = beside(file, fields.string("coordinatorCertificate"));
        Optional<GivenKey> key = fields.has("key")
                ? Optional.of(GivenKey.of(
                        fields.string("key"), file.path().toAbsolutePath().getParent()))
                : Optional.empty();
        fields.end();
        return new ClientConfig(file.printable(), coordinator, certificate, key);
    }

    private static GivenFile beside(GivenFile file, String name) throws RefusedException {
        try {
            return new GivenFile(name, file.path().toAbsolutePath().resolveSibling(name));
        } catch (java.nio.file.InvalidPathException e) {
            throw new RefusedException(file.printable() + ": names a path with a NUL character", e);
        }
    }

    private static URI https(String text) {
        URI uri = URI.create(text);
        boolean plain = uri.getUserInfo() == null
                && uri.getQuery() == null
                && uri.getFragment() == null
                && (uri.getPath().isEmpty() || uri.getPath().equals("/"));
        if (!"https".equals(uri.getScheme()) || uri.getHost() == null || !plain) {
            throw new IllegalArgumentException("must be a URL like https://quorate.example:8443");
        }
        return uri;
    }
}
