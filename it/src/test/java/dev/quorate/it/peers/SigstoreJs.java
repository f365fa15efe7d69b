package dev.quorate.it.peers;

import dev.quorate.digest.Sha256;
import dev.quorate.inputs.process.Command;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code @sigstore/verify} from npm, at the versions and digests of {@code package-lock.json} beside this class. */
record SigstoreJs(Path directory) implements StockClient {
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "verify.js");

    static SigstoreJs ofNpm() throws IOException, InterruptedException {
        var all = new StringBuilder();
        for (String file : FILES) {
            all.append(Sha256.of(resource(file)).hex());
        }
        String name = "sigstore-js-" + Sha256.of(all.toString()).hex().substring(0, 12);
        return new SigstoreJs(PeerCache.entry(name, SigstoreJs::install));
    }

    private static void install(Path directory) throws IOException, InterruptedException {
        for (String file : FILES) {
            Files.write(directory.resolve(file), resource(file));
        }
        List<String> words =
                List.of("/usr/bin/env", "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error");
        // npm finds its registry in the user's own configuration, which the environment names.
        Map<String, String> environment = new HashMap<>(System.getenv());
        new Command(words, environment, directory, Duration.ofMinutes(3)).text(1 << 20);
    }

    private static byte[] resource(String file) throws IOException {
        try (InputStream in = SigstoreJs.class.getResourceAsStream("sigstore-js/" + file)) {
            return in.readAllBytes();
        }
    }

    @Override
    public Ran verify(Path given, String predicateType) throws IOException, InterruptedException {
        List<String> words = List.of(
                "/usr/bin/env",
                "node",
                directory.resolve("verify.js").toString(),
                "trusted_root.json",
                "key.pub",
                "bundle.sigstore.json",
                predicateType,
                "artifact");
        return Ran.of(new Command(words, System.getenv(), given, Duration.ofMinutes(5)));
    }
}
