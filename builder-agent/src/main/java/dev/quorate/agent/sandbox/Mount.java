package dev.quorate.agent.sandbox;

import java.nio.file.Path;

/**
 * A file or directory of this machine shown in a sandbox.
 *
 * @param target absolute path inside
 */
public record Mount(Path source, String target, Access access) {
    /** What the inside may do with it. */
    public enum Access {
        /** Read and execute. */
        READ_ONLY,
        /** Change, too; counted against the disk limit. */
        WRITABLE,
        /** Open as a device, which no other mount allows; its group is kept for that. */
        DEVICE
    }
}
