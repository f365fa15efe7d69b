package dev.quorate.inputs.apt;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.quorate.spec.Locator;
import dev.quorate.spec.LockedFile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One package of an archive, binary or source.
 *
 * @param architecture {@code amd64}, {@code all}, or {@code source}
 * @param files the {@code .deb}; or the {@code .dsc} and what it names
 */
public record ArchivePackage(String name, String version, String architecture, List<ArchiveFile> files) {
    public ArchivePackage {
        files = List.copyOf(files);
    }

    /** Its files as pins, with a package URL that says the suite. */
    public List<LockedFile> pins(LockedFile.Role role, String suite) {
        var locator = new Locator.Package(purl(suite));
        return files.stream()
                .map(file -> new LockedFile(role, file.name(), locator, file.size(), file.sha256()))
                .toList();
    }

    private PackageURL purl(String suite) {
        try {
            var qualifiers = new TreeMap<>(Map.of("arch", architecture, "distro", suite));
            return new PackageURL("deb", "debian", name, version, qualifiers, null);
        } catch (MalformedPackageURLException e) {
            throw new IllegalArgumentException("not a package of an archive: " + name, e);
        }
    }
}
