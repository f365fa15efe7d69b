package dev.quorate.agent.build;

import dev.quorate.digest.Sha256;
import java.nio.file.Path;

/** The pinned inputs of a spec, already fetched. */
public interface PinnedFiles {
    /** Where the file with that content lies. The builder reads it, checks the digest again, and never changes it. */
    Path file(Sha256 digest);
}
