package dev.quorate.spec;

import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How the sources become outputs.
 *
 * @param kind which fixed steps are taken
 * @param directory absolute path inside the sandbox where the source is unpacked and built
 * @param variables environment variables of the build, in writing order
 * @param arguments for {@link Kind#MAVEN}: what follows {@code mvn}
 * @param script for {@link Kind#SCRIPT}: run by {@code /bin/sh -eu} in the directory
 */
public record Recipe(
        Kind kind, String directory, Map<String, String> variables, List<String> arguments, String script) {
    private static final Pattern DIRECTORY = Pattern.compile("(/[A-Za-z0-9+._~:-]+){2,16}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    private static final int LONGEST = 64 * 1024;

    /** The steps of a build. */
    public enum Kind {
        /** {@code dpkg-buildpackage} over the {@code .dsc} among the sources. */
        DEBIAN,
        /** Maven over the source archive, with its repository filled from the lock and no network. */
        MAVEN,
        /** The maintainer's own script over the sources. */
        SCRIPT
    }

    public Recipe {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        arguments = List.copyOf(arguments);
    }

    static Recipe read(Fields fields) throws MalformedException {
        Kind kind = fields.string("kind", Recipe::kind);
        var recipe = new Recipe(
                kind,
                fields.string("directory", Recipe::directory),
                fields.has("variables") ? variables(fields.object("variables")) : Map.of(),
                kind == Kind.MAVEN ? fields.strings("arguments", 100, Recipe::bounded) : List.of(),
                kind == Kind.SCRIPT ? fields.string("script", Recipe::bounded) : "");
        fields.end();
        return recipe;
    }

    Json.Obj json() {
        Json.Builder object = Json.object().put("kind", kindName()).put("directory", directory);
        if (!variables.isEmpty()) {
            Json.Builder members = Json.object();
            variables.forEach(members::put);
            object.put("variables", members.build());
        }
        return switch (kind) {
            case DEBIAN -> object.build();
            case MAVEN -> object.put("arguments", Json.strings(arguments)).build();
            case SCRIPT -> object.put("script", script).build();
        };
    }

    private String kindName() {
        return switch (kind) {
            case DEBIAN -> "debian";
            case MAVEN -> "maven";
            case SCRIPT -> "script";
        };
    }

    private static Kind kind(String text) {
        return switch (text) {
            case "debian" -> Kind.DEBIAN;
            case "maven" -> Kind.MAVEN;
            case "script" -> Kind.SCRIPT;
            default -> throw new IllegalArgumentException("must be debian, maven or script");
        };
    }

    private static Map<String, String> variables(Fields fields) throws MalformedException {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String name : fields.names()) {
            if (!VARIABLE.matcher(name).matches()) {
                throw fields.wrong(name, "is not a name of an environment variable");
            }
            variables.put(name, fields.string(name, Recipe::bounded));
        }
        return variables;
    }

    private static String directory(String text) {
        boolean dots = text.contains("/../") || text.contains("/./") || text.endsWith("/..") || text.endsWith("/.");
        if (!DIRECTORY.matcher(text).matches() || dots || !text.startsWith("/build/")) {
            throw new IllegalArgumentException("must be an absolute path below /build/");
        }
        return text;
    }

    private static String bounded(String text) {
        if (text.length() > LONGEST || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("must be at most 64 KiB of text without NUL");
        }
        return text;
    }
}
