package dev.quorate.it.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** cosign 3 of Debian unstable. */
record Cosign(DebianTree tree) implements StockClient {
    @Override
    public Ran verify(Path directory, String predicateType) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                "/usr/bin/cosign",
                "verify-blob-attestation",
                "--key",
                "key.pub",
                "--trusted-root",
                "trusted_root.json",
                "--bundle",
                "bundle.sigstore.json",
                "--type",
                predicateType,
                "artifact"));
        if (Files.readString(directory.resolve("bundle.sigstore.json")).contains("signedTimestamp")) {
            // Else it does not look at tokens.
            words.add("--use-signed-timestamps");
        }
        return tree.run(directory, words);
    }
}
