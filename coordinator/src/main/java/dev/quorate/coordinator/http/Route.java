package dev.quorate.coordinator.http;

import dev.quorate.coordinator.blob.BlobException;
import dev.quorate.coordinator.desk.RefusedException;
import java.io.IOException;

/**
 * One thing that is served.
 *
 * @param path with {@code {name}} for parameters, as in the API document
 * @param limit longest body that is read into memory, in bytes
 */
record Route(String method, String path, Role role, int limit, Action action) {
    /** Answers a request. */
    interface Action {
        Reply answer(Exchange exchange)
                throws ProblemException, RefusedException, BlobException, IOException, InterruptedException;
    }
}
