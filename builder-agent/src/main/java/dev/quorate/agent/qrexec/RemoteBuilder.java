package dev.quorate.agent.qrexec;

import dev.quorate.agent.build.BuildOrder;
import dev.quorate.agent.build.BuildResult;
import dev.quorate.agent.build.Builder;
import dev.quorate.agent.build.PinnedFiles;
import dev.quorate.agent.sandbox.Trees;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.Signer;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Nonce;
import dev.quorate.spec.LockedFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Has each build done by the service {@code quorate.Build} of another machine.
 *
 * @param self who asks
 * @param signer with the builder's key
 */
public record RemoteBuilder(
        BuilderId self, Signer signer, RemoteCommand remote, InstantSource clock, SecureRandom random)
        implements Builder {
    private static final int NONCE_BYTES = 32;
    private static final int BUFFER = 64 << 10;

    /** A service says at least every few seconds that it is alive; a disposable may first have to start. */
    private static final Duration SILENCE = Duration.ofMinutes(2);

    @Override
    public BuildResult build(BuildOrder order) throws InterruptedException, IOException {
        try {
            return call(order);
        } catch (InterruptedException e) {
            clear(order);
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IOException("the request cannot be signed: " + e.getMessage(), e);
        } catch (IOException e) {
            clear(order);
            throw e;
        }
    }

    private BuildResult call(BuildOrder order) throws InterruptedException, IOException, GeneralSecurityException {
        KeyPair pair = KeyPairSigner.generate();
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var request = new BuildRequest(
                self,
                Nonce.of(nonce),
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                P256Key.of(pair.getPublic()),
                order.spec());
        Envelope envelope = Envelope.sign(request.statement().bytes(), signer);
        var heard = new AtomicLong();
        var reader = new AnswerReader(pair.getPrivate(), envelope.digest(), remote.service(), heard::incrementAndGet);
        RemoteCall call = RemoteCall.start(remote.command());
        try {
            FutureTask<Boolean> sending =
                    call.talk("request", () -> send(call.request(), envelope, request, order.files()));
            FutureTask<BuildResult> reading =
                    call.talk("answer", () -> reader.read(new BufferedInputStream(call.answer(), BUFFER), order));
            return await(reading, heard, call, sending);
        } finally {
            call.end();
        }
    }

    /** Closing the stream tells the service that this is all. */
    private static boolean send(OutputStream out, Envelope envelope, BuildRequest request, PinnedFiles files)
            throws IOException {
        try (out) {
            Head.writeMagic(out);
            Head.write(out, envelope);
            for (LockedFile file : request.files()) {
                Transfer.send(files.file(file.sha256()), file.size(), out);
            }
        }
        return true;
    }

    private static BuildResult await(
            FutureTask<BuildResult> reading, AtomicLong heard, RemoteCall call, FutureTask<Boolean> sending)
            throws InterruptedException, IOException {
        long before = -1;
        while (true) {
            try {
                return reading.get(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (heard.get() == before) {
                    throw new IOException("the build service has said nothing for " + SILENCE.toMinutes() + " minutes");
                }
                before = heard.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException cause) {
                    String ending = call.ending();
                    throw new IOException(
                            "no result from the build service: " + cause.getMessage() + "; " + ending + unsent(sending),
                            cause);
                }
                throw new IllegalStateException("reading the answer failed", e.getCause());
            }
        }
    }

    private static String unsent(FutureTask<Boolean> sending) {
        return switch (sending.state()) {
            case FAILED ->
                "; the request was not sent whole: " + sending.exceptionNow().getMessage();
            case RUNNING -> "; the request was not sent whole";
            case SUCCESS, CANCELLED -> "";
        };
    }

    private static void clear(BuildOrder order) throws IOException, InterruptedException {
        Trees.delete(order.directory().resolve("outputs"));
        Trees.delete(order.directory().resolve("log"));
    }
}
