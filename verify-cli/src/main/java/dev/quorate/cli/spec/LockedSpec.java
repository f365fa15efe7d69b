package dev.quorate.cli.spec;

import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.json.MalformedException;
import dev.quorate.spec.RebuildSpec;

/** A spec out of a file, with every input pinned. */
public record LockedSpec(GivenFile file, RebuildSpec spec) {
    /** Reads a spec and refuses one that is not locked. */
    public static LockedSpec read(GivenFile file) throws RefusedException, MalformedException {
        RebuildSpec spec = RebuildSpec.parse(file.bytes(RebuildSpec.MAX_BYTES), file.printable());
        if (!spec.isLocked()) {
            throw new RefusedException(
                    file.printable() + ": is not locked; pin its inputs with: quorate spec lock " + file.printable());
        }
        return new LockedSpec(file, spec);
    }
}
