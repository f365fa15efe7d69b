package dev.quorate.agent.work;

import dev.quorate.agent.build.Builder;
import dev.quorate.agent.fixture.TestRound;
import dev.quorate.agent.fixture.Village;
import dev.quorate.agent.protocol.Blobs;
import dev.quorate.agent.protocol.Coordinator;
import dev.quorate.digest.Sha256;
import dev.quorate.export.Functionary;
import dev.quorate.export.LinkKey;
import dev.quorate.inputs.Fetcher;
import dev.quorate.inputs.FileCache;
import dev.quorate.round.Nonce;
import dev.quorate.spec.Platform;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Workers of builder b1 in a temporary directory. */
final class Workers {
    private static final Functionary LINKS = functionary();

    private final Path directory;
    private final Village village;
    private final RandomGenerator random = new Random(7);

    Workers(Path directory, Village village) {
        this.directory = directory;
        this.village = village;
    }

    Path rounds() {
        return directory.resolve("rounds");
    }

    FileCache cache() {
        return new FileCache(directory.resolve("cache"));
    }

    void haveInput() throws Exception {
        byte[] bytes = Village.INPUT.getBytes(StandardCharsets.UTF_8);
        cache().put("gcc.deb", Sha256.of(bytes), bytes.length, new ByteArrayInputStream(bytes));
    }

    /** The key with which the worker signs links. */
    LinkKey linkKey() {
        return LINKS.key();
    }

    private static Functionary functionary() {
        try {
            return new Functionary(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    Worker worker(Coordinator coordinator, Blobs blobs, Builder builder, Pause pause) {
        return worker(coordinator, blobs, builder, pause, Voices.named(village.builder(TestRound.SELF)));
    }

    Worker worker(Coordinator coordinator, Blobs blobs, Builder builder, Pause pause, Voices voices) {
        var backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), random);
        return Worker.in(new Surroundings(
                TestRound.SELF,
                Platform.parse("linux/amd64"),
                village.builder(TestRound.SELF),
                Optional.of(LINKS),
                voices,
                village.trust(),
                coordinator,
                blobs,
                new CachedInputs(
                        cache(),
                        Fetcher.of(cache(), List.of(new CoordinatorSource(blobs, new Patience(pause, backoff))))),
                builder,
                rounds(),
                this::nonce,
                InstantSource.fixed(Village.NOW),
                pause,
                backoff));
    }

    private Nonce nonce() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return Nonce.of(bytes);
    }
}
