package dev.quorate.agent.qrexec;

import dev.quorate.agent.build.BuildOrder;
import dev.quorate.agent.build.BuildResult;
import dev.quorate.agent.build.Builder;
import dev.quorate.agent.fixture.HonestBuilder;
import dev.quorate.agent.fixture.TestRound;
import dev.quorate.agent.fixture.Village;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.Signer;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Nonce;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A builder and a service that know each other, and what goes between them, as bytes. */
final class TestCall {
    static final BuilderId SELF = TestRound.SELF;
    static final BuilderId OTHER = new BuilderId("b2");

    final Village village = new Village();
    final Signer service = Village.signer();
    final KeyPair pair = KeyPairSigner.generate();

    private final Path directory;
    private int made;

    TestCall(Path directory) {
        this.directory = directory;
    }

    /** One request in all its parts; a test changes one of them. */
    BuildRequest request(BuilderId builder, Instant issued, int nonce) {
        var bytes = new byte[32];
        new SplittableRandom(nonce).nextBytes(bytes);
        return new BuildRequest(builder, Nonce.of(bytes), issued, P256Key.of(pair.getPublic()), village.spec());
    }

    BuildRequest request() {
        return request(SELF, Village.NOW, 1);
    }

    Envelope signed(BuildRequest request) {
        return village.sign(request.statement(), village.builder(SELF));
    }

    static byte[] stream(Envelope envelope, String body) {
        var out = new ByteArrayOutputStream();
        try {
            Head.writeMagic(out);
            Head.write(out, envelope);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.writeBytes(body.getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    Reception reception(Optional<BuilderId> argument) {
        return new Reception(
                List.of(
                        new Caller(SELF, village.builder(SELF).publicKey()),
                        new Caller(OTHER, village.builder(OTHER).publicKey())),
                new Invocation("work", argument),
                new SeenRequests(directory.resolve("seen")),
                InstantSource.fixed(Village.NOW));
    }

    CalledBuild called(Builder builder) {
        return new CalledBuild(
                List.of(new Caller(SELF, village.builder(SELF).publicKey())),
                new Invocation("work", Optional.empty()),
                service,
                builder,
                directory,
                InstantSource.fixed(Village.NOW));
    }

    /** What the service writes when it reads these bytes. */
    byte[] answer(byte[] request, Builder builder) throws IOException, InterruptedException {
        var out = new ByteArrayOutputStream();
        called(builder).answer(new ByteArrayInputStream(request), out);
        return out.toByteArray();
    }

    byte[] answer(Envelope request) throws IOException, InterruptedException {
        return answer(stream(request, Village.INPUT), new HonestBuilder());
    }

    AnswerReader reader(Sha256 request) {
        return new AnswerReader(pair.getPrivate(), request, service.publicKey(), () -> {});
    }

    /** An order with a directory of its own. */
    BuildOrder order() throws IOException {
        made++;
        Path build = Files.createDirectories(directory.resolve("orders/" + made));
        return new BuildOrder(village.spec(), digest -> directory.resolve("nowhere"), build);
    }

    BuildResult read(byte[] answer, Sha256 request) throws IOException {
        return reader(request).read(new ByteArrayInputStream(answer), order());
    }
}
