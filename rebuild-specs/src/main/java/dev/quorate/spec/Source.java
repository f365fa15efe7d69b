package dev.quorate.spec;

import dev.quorate.digest.Sha256;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;

/** One thing that is built from, as the maintainer names it. Locking turns it into files with digests. */
public sealed interface Source {
    /** Longest text of an inline source, in characters. */
    int MAX_INLINE = 64 * 1024;

    /** A package of an archive: a Debian source package gives its {@code .dsc} and tarballs, any other gives its file. */
    record Packaged(Locator.Package locator) implements Source {}

    /** A Git commit, as a tar archive named {@code <into>.tar}. */
    record Git(Locator.Git locator, RelativePath into) implements Source {}

    /** A file on the web whose digest the maintainer knows. */
    record Url(Locator.Url locator, Sha256 sha256, RelativePath into) implements Source {}

    /** A small text file that stands in the spec itself. */
    record Inline(RelativePath path, String text) implements Source {}

    /** Reads the source of one entry in {@code sources}. */
    static Source read(Fields fields) throws MalformedException {
        Source source;
        if (fields.has("package")) {
            source = new Packaged(fields.string("package", Locator.Package::parse));
        } else if (fields.has("git")) {
            source = new Git(fields.string("git", Locator.Git::parse), fields.string("into", RelativePath::parse));
        } else if (fields.has("url")) {
            source = new Url(
                    fields.string("url", Locator.Url::parse),
                    fields.string("sha256", Sha256::parse),
                    fields.string("into", RelativePath::parse));
        } else if (fields.has("inline")) {
            source = new Inline(fields.string("inline", RelativePath::parse), fields.string("text", Source::bounded));
        } else {
            throw new MalformedException(fields.place(), "must have one of package, git, url or inline");
        }
        fields.end();
        return source;
    }

    /** The entry in {@code sources}. */
    default Json.Obj json() {
        return switch (this) {
            case Packaged p ->
                Json.object().put("package", p.locator().toString()).build();
            case Git g ->
                Json.object()
                        .put("git", g.locator().toString())
                        .put("into", g.into().text())
                        .build();
            case Url u ->
                Json.object()
                        .put("url", u.locator().toString())
                        .put("sha256", u.sha256().hex())
                        .put("into", u.into().text())
                        .build();
            case Inline i ->
                Json.object()
                        .put("inline", i.path().text())
                        .put("text", i.text())
                        .build();
        };
    }

    private static String bounded(String text) {
        if (text.length() > MAX_INLINE) {
            throw new IllegalArgumentException("an inline source has at most 64 KiB");
        }
        return text;
    }
}
