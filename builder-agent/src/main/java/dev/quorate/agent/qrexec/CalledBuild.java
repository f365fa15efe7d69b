package dev.quorate.agent.qrexec;

import dev.quorate.agent.build.BuildOrder;
import dev.quorate.agent.build.BuildResult;
import dev.quorate.agent.build.Builder;
import dev.quorate.agent.sandbox.Trees;
import dev.quorate.agent.work.OneLine;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.KeyPairSigner;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.Signer;
import dev.quorate.proof.Outcome;
import dev.quorate.proof.Output;
import dev.quorate.spec.LockedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.List;

/** The service's side of one call: takes a request, builds, answers. */
public final class CalledBuild {
    private final List<Caller> callers;
    private final Invocation invocation;
    private final Signer signer;
    private final Builder builder;
    private final Path directory;
    private final InstantSource clock;

    /**
     * Prepares for one call.
     *
     * @param signer the service's key
     * @param directory of the service; no other call uses it now
     */
    public CalledBuild(
            List<Caller> callers,
            Invocation invocation,
            Signer signer,
            Builder builder,
            Path directory,
            InstantSource clock) {
        this.callers = List.copyOf(callers);
        this.invocation = invocation;
        this.signer = signer;
        this.builder = builder;
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * Answers, and leaves nothing of the call behind but its digest.
     *
     * @param in read to its end
     * @param out left open
     * @throws StreamRefusedException if the request is refused; nothing was answered
     * @throws InterruptedException if the calling thread was interrupted, or nobody waits for the answer any more
     */
    public void answer(InputStream in, OutputStream out) throws IOException, InterruptedException {
        Path call = directory.resolve("call");
        Trees.delete(call);
        try {
            Head.writeMagic(out);
            answer(in, out, Files.createDirectories(call));
        } catch (ClosedByInterruptException e) {
            throw new InterruptedException("the call was broken off");
        } finally {
            // What has to be cleared is cleared even if this thread is being stopped.
            boolean stopping = Thread.interrupted();
            Trees.delete(call);
            if (stopping) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void answer(InputStream in, OutputStream out, Path call) throws IOException, InterruptedException {
        Reception.Taken taken;
        BuildResult result;
        Alive alive = Alive.start(out, Thread.currentThread()::interrupt);
        try {
            taken = new Reception(callers, invocation, new SeenRequests(directory.resolve("seen")), clock).take(in);
            result = builder.build(order(taken.request(), in, call));
        } finally {
            alive.stop();
        }
        try {
            send(taken, result, out);
        } catch (GeneralSecurityException e) {
            throw new IOException("the answer cannot be signed or sealed: " + e.getMessage(), e);
        }
    }

    private static BuildOrder order(BuildRequest request, InputStream in, Path call) throws IOException {
        Path received = Files.createDirectory(call.resolve("received"));
        for (LockedFile file : request.files()) {
            Transfer.receive(
                    in,
                    file.size(),
                    file.sha256(),
                    received.resolve(file.sha256().hex()));
        }
        Head.requireEnd(in, "request");
        return new BuildOrder(
                request.spec(), digest -> received.resolve(digest.hex()), Files.createDirectory(call.resolve("build")));
    }

    private void send(Reception.Taken taken, BuildResult result, OutputStream out)
            throws IOException, GeneralSecurityException {
        var answer = new BuildAnswer(
                taken.request().spec().digest(),
                taken.digest(),
                outcome(result),
                result.environment(),
                log(result.log()),
                result.duration());
        KeyPair pair = KeyPairSigner.generate();
        P256Key own = P256Key.of(pair.getPublic());
        Seal seal = Seal.between(pair.getPrivate(), taken.request().key(), taken.digest(), own);
        new Frame(Frame.Kind.KEY, own.spki()).write(out);
        var sealed = new SealedOutput(out, seal);
        Head.write(sealed, Envelope.sign(answer.statement().bytes(), signer));
        Transfer.send(result.log(), answer.log().size(), sealed);
        if (result instanceof BuildResult.Built built) {
            for (Output.File file : built.outputs().files()) {
                Transfer.send(file.path().below(built.outputDirectory()), file.size(), sealed);
            }
        }
        sealed.close();
    }

    private static Outcome outcome(BuildResult result) {
        return switch (result) {
            case BuildResult.Built built -> new Outcome.Built(built.outputs());
            case BuildResult.Failed failed -> new Outcome.Failed(failed.failure(), OneLine.of(failed.detail()));
        };
    }

    private static BuildAnswer.Log log(Path file) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            long size = in.transferTo(OutputStream.nullOutputStream());
            return new BuildAnswer.Log(size, Sha256.ofDigest(digest.digest()));
        }
    }
}
