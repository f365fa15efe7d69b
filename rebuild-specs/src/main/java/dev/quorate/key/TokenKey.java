package dev.quorate.key;

import dev.quorate.json.Printable;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A key on a PKCS#11 token.
 *
 * @param name the URI as it was written
 * @param token the token's label
 * @param object the key's label, which is its certificate's too
 * @param module the library that speaks with the token
 * @param pinSource the file whose first line is the PIN
 */
public record TokenKey(String name, String token, String object, Path module, Path pinSource) implements KeyReference {
    static final String SCHEME = "pkcs11:";
    private static final Set<String> PATH = Set.of("token", "object", "type");
    private static final Set<String> QUERY = Set.of("module-path", "pin-source");
    private static final int MOST_PIN = 1024;

    /** Reads a URI as the package describes it. */
    static TokenKey parse(String uri, Path directory) {
        String body = uri.substring(SCHEME.length());
        int question = body.indexOf('?');
        Map<String, String> path = attributes(question < 0 ? body : body.substring(0, question), ";", PATH);
        Map<String, String> query = attributes(question < 0 ? "" : body.substring(question + 1), "&", QUERY);
        if (!path.getOrDefault("type", "private").equals("private")) {
            throw new IllegalArgumentException("must have type=private, or no type");
        }
        String pin = need(query, "pin-source");
        if (!pin.startsWith("file:")) {
            throw new IllegalArgumentException("must have a pin-source like file:/etc/quorate/pin");
        }
        String pinFile = pin.substring("file:".length()).replaceFirst("^///", "/");
        return new TokenKey(
                uri,
                need(path, "token"),
                need(path, "object"),
                KeyReference.path(need(query, "module-path"), directory),
                KeyReference.path(pinFile, directory));
    }

    private static Map<String, String> attributes(String text, String separator, Set<String> known) {
        Map<String, String> attributes = new HashMap<>();
        for (String attribute : text.isEmpty() ? new String[0] : text.split(separator, -1)) {
            int equals = attribute.indexOf('=');
            String name = equals < 0 ? attribute : attribute.substring(0, equals);
            if (name.equals("pin-value")) {
                throw new IllegalArgumentException("must name a file with pin-source, never the PIN itself");
            }
            if (equals < 0 || !known.contains(name)) {
                throw new IllegalArgumentException(
                        "must have the attributes token and object, and after ? module-path and pin-source");
            }
            if (attributes.put(name, decoded(attribute.substring(equals + 1))) != null) {
                throw new IllegalArgumentException("must not have " + name + " twice");
            }
        }
        return attributes;
    }

    private static String decoded(String value) {
        try {
            // A URI's plus sign is itself; only URLDecoder's forms read it as a space.
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must have two hex digits after each %", e);
        }
    }

    private static String need(Map<String, String> attributes, String name) {
        String value = attributes.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("must be a PKCS#11 URI with " + name + "=…");
        }
        return value;
    }

    /** What messages call it: the URI's end is of no interest there. */
    String shortName() {
        return Printable.of(SCHEME + "token=" + token + ";object=" + object);
    }

    /**
     * Makes a P-256 key pair on the token, with the certificate that Java finds it by.
     *
     * @throws UnusableKeyException if that is refused, or there is one of that label
     */
    public OpenKey make() throws UnusableKeyException, InterruptedException {
        return TokenKeyMaker.make(this);
    }

    @Override
    public OpenKey open() throws UnusableKeyException {
        Provider provider = provider();
        KeyStore store = TokenStore.open(this, provider, pin());
        PrivateKey key = TokenStore.privateKey(this, store);
        return new KeyOnToken(shortName(), TokenStore.publicKey(this, store), key, provider);
    }

    long slot() throws UnusableKeyException {
        if (!Files.isRegularFile(module)) {
            throw refused("there is no PKCS#11 module " + Printable.of(module.toString())
                    + "; install the token's library, or correct module-path");
        }
        return TokenSlots.find(this);
    }

    private Provider provider() throws UnusableKeyException {
        return TokenStore.provider(this, slot());
    }

    char[] pin() throws UnusableKeyException {
        var file = new PrivateFile(pinSource.toString(), pinSource);
        byte[] content = file.bytes(MOST_PIN);
        file.refuseIfShared();
        String pin =
                new String(content, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        if (pin.isEmpty()) {
            throw file.refused("must have the token's PIN as its first line");
        }
        return pin.toCharArray();
    }

    UnusableKeyException refused(String problem) {
        return new UnusableKeyException(shortName() + ": " + problem);
    }
}
