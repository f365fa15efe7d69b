package dev.quorate.agent.qrexec;

import dev.quorate.digest.Sha256;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Which requests have been here, for as long as they would be taken again: an empty file each, named by digest. A
 * disposable forgets them; a repeated request there costs one more build, whose answer only the first caller can open.
 */
record SeenRequests(Path directory) {
    /** How far the clocks of the two sides may differ, and how long a request may be on its way. */
    static final Duration WINDOW = Duration.ofMinutes(15);

    /** Takes a request whose signature is good. */
    void take(BuildRequest request, Sha256 digest, Instant now) throws IOException {
        if (Duration.between(request.issued(), now).abs().compareTo(WINDOW) > 0) {
            throw new StreamRefusedException(
                    Refusal.STALE,
                    "the request was issued at " + request.issued() + ", and it is " + now + " here; requests hold for "
                            + WINDOW.toMinutes() + " minutes: compare the clocks");
        }
        forgetOld(now);
        try {
            Files.createFile(directory.resolve(digest.hex()));
        } catch (FileAlreadyExistsException e) {
            throw new StreamRefusedException(Refusal.REPLAYED, "this very request has been here before");
        }
    }

    private void forgetOld(Instant now) throws IOException {
        Instant oldest = now.minus(WINDOW.multipliedBy(3));
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Files.createDirectories(directory))) {
            for (Path seen : all) {
                if (Files.getLastModifiedTime(seen).toInstant().isBefore(oldest)) {
                    Files.deleteIfExists(seen);
                }
            }
        }
    }
}
