package dev.quorate.inputs.apt;

import java.util.List;

/**
 * A source package with what its build needs.
 *
 * @param depends the archive's build dependency fields, in apt's grammar
 * @param conflicts what must not be there
 */
public record SourcePackage(ArchivePackage files, List<String> depends, List<String> conflicts) {
    public SourcePackage {
        depends = List.copyOf(depends);
        conflicts = List.copyOf(conflicts);
    }
}
