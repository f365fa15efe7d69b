package dev.quorate.spec;

import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The root file system of a build: Debian's essential packages, {@code build-essential}, the build dependencies of the
 * source, and these.
 *
 * @param suite Debian code name, {@code bookworm}
 * @param packages further package names
 */
public record Environment(String suite, List<String> packages) {
    private static final Pattern SUITE = Pattern.compile("[a-z]{3,32}");
    private static final Pattern PACKAGE = Pattern.compile("[a-z0-9][a-z0-9+.-]{1,127}");

    static Environment read(Fields fields) throws MalformedException {
        var environment = new Environment(
                fields.string("debian", Environment::suite),
                fields.has("packages") ? fields.strings("packages", 1000, Environment::packageName) : List.of());
        fields.end();
        return environment;
    }

    Json.Obj json() {
        Json.Builder object = Json.object().put("debian", suite);
        return packages.isEmpty()
                ? object.build()
                : object.put("packages", Json.strings(packages)).build();
    }

    private static String suite(String text) {
        if (!SUITE.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a Debian code name like bookworm");
        }
        return text;
    }

    private static String packageName(String text) {
        if (!PACKAGE.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a Debian package name");
        }
        return text;
    }
}
