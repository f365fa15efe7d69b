package dev.quorate.coordinator.http;

import java.io.IOException;
import java.util.Optional;

/** The body of a request, pulled piece by piece. */
interface Body {
    /** The next bytes; empty at the end. */
    Optional<byte[]> next() throws IOException, InterruptedException;
}
