package dev.quorate.agent.unpack;

import java.io.IOException;

/** This machine could not write what an archive holds; the archive is not to blame. */
final class WriteFailedException extends IOException {
    private static final long serialVersionUID = 1;

    WriteFailedException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
