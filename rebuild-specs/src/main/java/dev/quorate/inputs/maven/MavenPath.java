package dev.quorate.inputs.maven;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.quorate.spec.Locator;
import dev.quorate.spec.RelativePath;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Between package URLs and paths of a Maven repository. */
public final class MavenPath {
    private MavenPath() {}

    /**
     * The repository path of a package's file.
     *
     * @throws IllegalArgumentException for a package URL of another type or without a group
     */
    public static RelativePath of(PackageURL purl) {
        if (!purl.getType().equals("maven") || purl.getNamespace() == null) {
            throw new IllegalArgumentException("must be a package URL like pkg:maven/group/artifact@version");
        }
        Map<String, String> qualifiers = purl.getQualifiers() == null ? Map.of() : purl.getQualifiers();
        String classifier = qualifiers.getOrDefault("classifier", "");
        String file = purl.getName() + "-" + purl.getVersion() + (classifier.isEmpty() ? "" : "-" + classifier) + "."
                + qualifiers.getOrDefault("type", "jar");
        String group = purl.getNamespace().replace('.', '/');
        return RelativePath.parse(group + "/" + purl.getName() + "/" + purl.getVersion() + "/" + file);
    }

    /** The package URL of a repository path; none for a path that does not have the layout, as metadata. */
    public static Optional<Locator.Package> locator(RelativePath path) {
        String[] segments = path.text().split("/");
        if (segments.length < 4) {
            return Optional.empty();
        }
        String version = segments[segments.length - 2];
        String artifact = segments[segments.length - 3];
        String group = String.join(".", Arrays.copyOf(segments, segments.length - 3));
        String stem = artifact + "-" + version;
        if (!path.fileName().startsWith(stem)) {
            return Optional.empty();
        }
        String rest = path.fileName().substring(stem.length());
        int dot = rest.startsWith("-") ? rest.indexOf('.') : 0;
        if (dot < 0 || rest.length() < dot + 2 || rest.charAt(dot) != '.') {
            return Optional.empty();
        }
        Map<String, String> qualifiers = new TreeMap<>(Map.of("type", rest.substring(dot + 1)));
        if (dot > 1) {
            qualifiers.put("classifier", rest.substring(1, dot));
        }
        try {
            var purl = new PackageURL("maven", group, artifact, version, new TreeMap<>(qualifiers), null);
            var locator = new Locator.Package(purl);
            // Not every path survives: a dot in a directory's name reads as the next directory, and the library
            // garbles what is beyond ASCII when it prints.
            return Locator.parse(locator.toString()) instanceof Locator.Package printed
                            && of(printed.purl()).equals(path)
                    ? Optional.of(locator)
                    : Optional.empty();
        } catch (MalformedPackageURLException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
