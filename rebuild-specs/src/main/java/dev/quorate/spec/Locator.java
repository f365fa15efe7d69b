package dev.quorate.spec;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.quorate.json.Printable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Where bytes can be had. A locator is a hint: only the digest beside it decides. */
public sealed interface Locator {
    /**
     * Reads a locator's printed form: a {@code pkg:} URL, {@code git+https://…#<commit>}, or an {@code https://} URL.
     *
     * @throws IllegalArgumentException for anything else, other schemes included
     */
    static Locator parse(String text) {
        if (text.startsWith("pkg:")) {
            return Package.parse(text);
        }
        return text.startsWith("git+") ? Git.parse(text) : Url.parse(text);
    }

    /**
     * A package, found through the machine's own package configuration.
     *
     * @param purl package URL of type {@code deb}, {@code maven} or {@code npm}, with a version
     */
    record Package(PackageURL purl) implements Locator {
        static Package parse(String text) {
            try {
                var purl = new PackageURL(text);
                boolean known = purl.getType().equals("deb")
                        || purl.getType().equals("maven")
                        || purl.getType().equals("npm");
                if (!known || purl.getVersion() == null || purl.getVersion().isEmpty()) {
                    throw new IllegalArgumentException("must be a deb, maven or npm package URL with a version");
                }
                // The spec's digest is over what is written, so there is one way to write a package.
                if (!purl.canonicalize().equals(text)) {
                    throw new IllegalArgumentException(
                            "must be a package URL in its canonical form, " + Printable.of(purl.canonicalize()));
                }
                return new Package(purl);
            } catch (MalformedPackageURLException e) {
                throw new IllegalArgumentException("must be a package URL like pkg:deb/debian/hello@2.10-3", e);
            }
        }

        @Override
        public String toString() {
            return purl.canonicalize();
        }
    }

    /**
     * A Git tree.
     *
     * @param repository an https URL
     * @param commit 40 hex digits; names that move are not accepted
     */
    record Git(URI repository, String commit) implements Locator {
        private static final String PREFIX = "git+";
        private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

        public Git {
            if (!COMMIT.matcher(commit).matches()) {
                throw new IllegalArgumentException("a Git commit is 40 lower-case hex digits; tags and branches move");
            }
        }

        static Git parse(String text) {
            int hash = text.lastIndexOf('#');
            if (!text.startsWith(PREFIX) || hash < PREFIX.length()) {
                throw new IllegalArgumentException("must be git+ and an https URL, and end in # and a commit");
            }
            return new Git(web(text.substring(PREFIX.length(), hash)), text.substring(hash + 1));
        }

        @Override
        public String toString() {
            return PREFIX + repository + "#" + commit;
        }
    }

    /** A file on the web. */
    record Url(URI uri) implements Locator {
        static Url parse(String text) {
            return new Url(web(text));
        }

        @Override
        public String toString() {
            return uri.toString();
        }
    }

    private static URI web(String text) {
        URI uri = uri(text);
        boolean loopback = "127.0.0.1".equals(uri.getHost()) || "[::1]".equals(uri.getHost());
        boolean secure = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && loopback;
        if (!secure || uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException("must be an https URL without user name and fragment");
        }
        return uri;
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // The JDK's sentence repeats the text, control characters and all.
            throw new IllegalArgumentException("must be an https URL", e);
        }
    }
}
