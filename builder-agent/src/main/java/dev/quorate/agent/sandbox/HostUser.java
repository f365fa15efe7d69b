package dev.quorate.agent.sandbox;

import dev.quorate.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who this program is, and who a build is outside of its sandbox. */
public final class HostUser {
    /** User ids that systemd hands out to services without an account; no file belongs to them. */
    private static final int FIRST = 61184;

    private static final int COUNT = 4000;

    private HostUser() {}

    /** Whether this program is root, and so can and must drop its privileges for a build. */
    public static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    /** User and group id of the build in that directory; two builds at a time hardly ever share one. */
    static int of(Path directory) {
        byte[] digest = Sha256.of(directory.toString()).bytes();
        return FIRST + ((digest[0] & 0xff) << 8 | digest[1] & 0xff) % COUNT;
    }
}
