package dev.quorate.imports;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.quorate.spec.RelativePath;
import dev.quorate.spec.Release;
import java.util.Optional;

/** What names of provenance subjects mean: a file, or a package URL as npm's registry writes. */
final class Subjects {
    private Subjects() {}

    /** The release, where a package URL says it. */
    static Optional<Release> release(String subject) {
        return purl(subject)
                .filter(purl -> purl.getVersion() != null)
                .flatMap(purl -> parsed(() -> new Release(purl.getName(), purl.getVersion())));
    }

    /** The file that a build makes. */
    static Optional<RelativePath> file(String subject) {
        if (!subject.startsWith("pkg:")) {
            return parsed(() -> RelativePath.parse(subject.startsWith("./") ? subject.substring(2) : subject));
        }
        // What `npm pack` writes; a scope goes before the name.
        return purl(subject)
                .filter(purl -> purl.getType().equals("npm") && purl.getVersion() != null)
                .flatMap(purl -> parsed(() -> {
                    String scope = purl.getNamespace() == null
                            ? ""
                            : purl.getNamespace().replace("@", "") + "-";
                    return RelativePath.parse(scope + purl.getName() + "-" + purl.getVersion() + ".tgz");
                }));
    }

    private static Optional<PackageURL> purl(String subject) {
        try {
            return subject.startsWith("pkg:") ? Optional.of(new PackageURL(subject)) : Optional.empty();
        } catch (MalformedPackageURLException e) {
            return Optional.empty();
        }
    }

    private interface Reading<T> {
        T read();
    }

    private static <T> Optional<T> parsed(Reading<T> reading) {
        try {
            return Optional.of(reading.read());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
