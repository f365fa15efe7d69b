package dev.quorate.it.peers;

import java.io.IOException;
import java.nio.file.Path;

/** A verifier of Sigstore bundles that somebody else wrote. */
interface StockClient {
    /**
     * Checks {@code bundle.sigstore.json} in a directory that also holds {@code key.pub}, {@code trusted_root.json} and
     * {@code artifact}.
     */
    Ran verify(Path directory, String predicateType) throws IOException, InterruptedException;
}
