package dev.quorate.agent.qrexec;

import dev.quorate.agent.build.BuildOrder;
import dev.quorate.agent.build.BuildResult;
import dev.quorate.agent.build.EnvironmentRecord;
import dev.quorate.agent.sandbox.Bounds;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Envelope;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.json.MalformedException;
import dev.quorate.proof.Outcome;
import dev.quorate.proof.Output;
import dev.quorate.proof.OutputSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.List;

/**
 * Reads the answer to one request.
 *
 * @param secret of the key that the request named
 * @param request digest of the request's envelope
 * @param service whose word counts
 * @param heard told of each frame
 */
record AnswerReader(PrivateKey secret, Sha256 request, P256Key service, Runnable heard) {
    /** For the sentence about a log that was cut. */
    private static final long LOG_END = 4096;

    /** Fetching nothing, but assembling a root file system, and a machine that is busy. */
    private static final Duration BEYOND_THE_BUILD = Duration.ofHours(2);

    /** An emulated machine may take so many times as long as the spec says. */
    private static final int SLOWEST = 20;

    /** Reads to the end; the log and the outputs lie in the order's directory then. */
    BuildResult read(InputStream in, BuildOrder order) throws IOException {
        Bounds bounds = Bounds.of(order.spec().limits());
        Head.readMagic(in);
        heard.run();
        var sealed = new SealedInput(in, seal(in, bounds.time()), heard);
        BuildAnswer answer = answer(Head.read(sealed, "answer"), order);
        requireSmall(answer.log().size(), bounds.log() + LOG_END, "log");
        Path log = order.directory().resolve("log");
        Transfer.receive(sealed, answer.log().size(), answer.log().sha256(), log);
        EnvironmentRecord there = answer.environment().within("qrexec");
        BuildResult result = switch (answer.outcome()) {
            case Outcome.Built built -> {
                Path outputs = Files.createDirectory(order.directory().resolve("outputs"));
                receive(sealed, built.outputs(), outputs, bounds.disk());
                yield new BuildResult.Built(built.outputs(), outputs, there, log, answer.duration());
            }
            case Outcome.Failed failed ->
                new BuildResult.Failed(failed.failure(), failed.detail(), there, log, answer.duration());
        };
        Head.requireEnd(sealed, "answer");
        return result;
    }

    private Seal seal(InputStream in, Duration time) throws IOException {
        long most = time.multipliedBy(SLOWEST).plus(BEYOND_THE_BUILD).dividedBy(Alive.EVERY);
        for (long i = 0; i <= most; i++) {
            Frame frame = Frame.read(in)
                    .orElseThrow(() ->
                            new StreamRefusedException(Refusal.CUT_OFF, "the stream ended before there was an answer"));
            heard.run();
            switch (frame.kind()) {
                case ALIVE -> {}
                case KEY -> {
                    return seal(frame.content());
                }
                case SEALED ->
                    throw new StreamRefusedException(Refusal.MALFORMED, "a sealed frame comes before its key");
            }
        }
        throw new StreamRefusedException(
                Refusal.BEYOND_LIMIT, "the service has been at work for longer than the build may take");
    }

    private Seal seal(byte[] spki) throws StreamRefusedException {
        try {
            P256Key answering = P256Key.ofSpki(spki);
            return Seal.between(secret, answering, request, answering);
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new StreamRefusedException(Refusal.MALFORMED, "the key of the answer cannot be used");
        }
    }

    private BuildAnswer answer(Envelope envelope, BuildOrder order) throws StreamRefusedException {
        VerifiedPayload payload = envelope.verify(service)
                .orElseThrow(() -> new StreamRefusedException(
                        Refusal.NOT_SIGNED, "the pinned service key has not signed the answer"));
        try {
            BuildAnswer answer = BuildAnswer.parse(payload);
            if (!answer.request().equals(request)
                    || !answer.spec().equals(order.spec().digest())) {
                throw new StreamRefusedException(Refusal.OTHER_REQUEST, "the answer is to another request");
            }
            return answer;
        } catch (MalformedException e) {
            throw new StreamRefusedException(Refusal.MALFORMED, e.getMessage());
        }
    }

    private static void receive(InputStream sealed, OutputSet outputs, Path to, long most) throws IOException {
        requireSmall(outputs.files(), most);
        for (Output.File file : outputs.files()) {
            Path path = file.path().below(to);
            Files.createDirectories(path.getParent());
            Transfer.receive(sealed, file.size(), file.sha256(), path);
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(file.executable() ? "rwxr-xr-x" : "rw-r--r--"));
        }
        // Last, so that no file is ever written through one.
        for (Output output : outputs.outputs()) {
            if (output instanceof Output.Symlink link) {
                Path path = link.path().below(to);
                Files.createDirectories(path.getParent());
                Files.createSymbolicLink(path, Path.of(link.target()));
            }
        }
    }

    private static void requireSmall(List<Output.File> files, long most) throws StreamRefusedException {
        long left = most;
        for (Output.File file : files) {
            requireSmall(file.size(), left, "outputs");
            left -= file.size();
        }
    }

    private static void requireSmall(long size, long most, String what) throws StreamRefusedException {
        if (size > most) {
            throw new StreamRefusedException(
                    Refusal.BEYOND_LIMIT, "the " + what + " of the answer are larger than the spec allows");
        }
    }
}
