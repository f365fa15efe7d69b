package dev.quorate.imports;

import dev.quorate.digest.Sha256;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.spec.Locator;
import dev.quorate.spec.RelativePath;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An entry of {@code resolvedDependencies}.
 *
 * @param uri empty where there is none
 * @param commit Git's, empty where there is none
 * @param sha256 empty where there is none
 */
record ResolvedDependency(String uri, String commit, String sha256) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+._-]{0,120}");

    static ResolvedDependency read(Fields fields) throws MalformedException {
        String commit = "";
        String sha256 = "";
        if (fields.has("digest")) {
            Fields digest = fields.object("digest");
            // Before the name gitCommit was agreed on, builders wrote a commit as the digest's sha1.
            for (String name : new String[] {"sha1", "gitCommit"}) {
                commit = digest.has(name) ? digest.string(name) : commit;
            }
            sha256 = digest.has("sha256") ? digest.string("sha256") : "";
        }
        return new ResolvedDependency(fields.has("uri") ? fields.string("uri") : "", commit, sha256);
    }

    /** The entry as a source of a spec, if it pins one. */
    Optional<Json> source() {
        Optional<String> name = directory();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (!commit.isEmpty() && !uri.startsWith("pkg:")) {
                var git = Locator.parse("git+" + repository() + "#" + commit);
                return Optional.of(Json.object()
                        .put("git", git.toString())
                        .put("into", name.get())
                        .build());
            }
            if (!sha256.isEmpty() && Locator.parse(uri) instanceof Locator.Url url) {
                return Optional.of(Json.object()
                        .put("url", url.toString())
                        .put("sha256", Sha256.parse(sha256).hex())
                        .put("into", RelativePath.parse(name.get()).text())
                        .build());
            }
        } catch (IllegalArgumentException e) {
            // It stays a comment: what is no locator of ours may still mean something to the reader.
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** The last name of the address, without {@code .git}. */
    Optional<String> directory() {
        String path = repository();
        String name = path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.git$", "");
        return NAME.matcher(name).matches() ? Optional.of(name) : Optional.empty();
    }

    // git+https://host/owner/name@refs/tags/v1: the reference moves, the commit in the digest does not.
    private String repository() {
        String text = uri.startsWith("git+") ? uri.substring("git+".length()) : uri;
        int reference = text.indexOf("@refs/");
        return reference < 0 ? text : text.substring(0, reference);
    }

    @Override
    public String toString() {
        return (uri + " " + (commit.isEmpty() ? sha256 : commit)).strip();
    }
}
