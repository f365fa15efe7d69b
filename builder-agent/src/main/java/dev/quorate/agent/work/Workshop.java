package dev.quorate.agent.work;

import dev.quorate.agent.build.BuildOrder;
import dev.quorate.agent.build.BuildResult;
import dev.quorate.agent.build.Builder;
import dev.quorate.agent.build.PinnedFiles;
import dev.quorate.agent.sandbox.Trees;
import dev.quorate.inputs.InputUnavailableException;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import dev.quorate.json.Printable;
import dev.quorate.proof.FailureClass;
import dev.quorate.proof.Outcome;
import dev.quorate.round.Nonce;
import dev.quorate.round.RoundOpening;
import dev.quorate.spec.RelativePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a round's opening into a result, whatever happens; only an interrupt gives none. */
record Workshop(Inputs inputs, Builder builder, Supplier<Nonce> nonces, InstantSource clock) {
    private static final Logger LOG = LoggerFactory.getLogger(Workshop.class);
    private static final String BUILD = "build";
    private static final String LOG_FILE = "agent.log";
    private static final String ENVIRONMENT_FILE = "environment.json";

    /**
     * Gathers the inputs and builds.
     *
     * @param directory the round's; the result and all that it names is durable below it on return
     * @throws IOException if not even a failure can be written down
     */
    Result build(RoundOpening opening, Path directory) throws InterruptedException, IOException {
        Instant started = clock.instant();
        Path build = directory.resolve(BUILD);
        Result result;
        try {
            Trees.delete(build);
            PinnedFiles files = inputs.gather(opening.spec());
            LOG.info("inputs ready round={} files={}", opening.round(), locked(opening));
            result = finished(
                    builder.build(new BuildOrder(opening.spec(), files, Files.createDirectories(build))),
                    directory,
                    started);
        } catch (InputUnavailableException e) {
            result = failed(FailureClass.INPUT_UNAVAILABLE, e, directory, started);
        } catch (IOException | RuntimeException e) {
            if (Thread.interrupted()) {
                throw stopped(e);
            }
            LOG.error("build could not be run round={}", opening.round(), e);
            result = failed(FailureClass.INFRASTRUCTURE, e, directory, started);
        }
        Durable.forceTree(directory);
        return result;
    }

    private Result finished(BuildResult built, Path directory, Instant started) throws IOException {
        byte[] environment = CanonicalJson.bytes(built.environment().json());
        return switch (built) {
            case BuildResult.Built b ->
                new Result(
                        new Outcome.Built(b.outputs()),
                        nonces.get(),
                        KeptFile.of(directory, b.log()),
                        KeptFile.write(directory, ENVIRONMENT_FILE, environment),
                        KeptFile.relative(directory, b.outputDirectory()),
                        started,
                        clock.instant());
            case BuildResult.Failed f ->
                new Result(
                        new Outcome.Failed(f.failure(), OneLine.of(f.detail())),
                        nonces.get(),
                        KeptFile.of(directory, f.log()),
                        KeptFile.write(directory, ENVIRONMENT_FILE, environment),
                        RelativePath.parse(BUILD),
                        started,
                        clock.instant());
        };
    }

    private Result failed(FailureClass failure, Exception cause, Path directory, Instant started) throws IOException {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String detail = OneLine.of(reason);
        Json.Obj environment = Json.object()
                .put("failure", failure.name())
                .put("before", "the build")
                .build();
        return new Result(
                new Outcome.Failed(failure, detail),
                nonces.get(),
                KeptFile.write(directory, LOG_FILE, (detail + "\n").getBytes(StandardCharsets.UTF_8)),
                KeptFile.write(directory, ENVIRONMENT_FILE, CanonicalJson.bytes(environment)),
                RelativePath.parse(BUILD),
                started,
                clock.instant());
    }

    private static InterruptedException stopped(Exception cause) {
        var stopped = new InterruptedException("the build was stopped: " + Printable.of(String.valueOf(cause)));
        stopped.initCause(cause);
        return stopped;
    }

    private static int locked(RoundOpening opening) {
        return opening.spec().locked().orElseThrow().size();
    }
}
