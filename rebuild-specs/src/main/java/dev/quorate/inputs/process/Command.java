package dev.quorate.inputs.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One program, its arguments and all of its environment.
 *
 * @param arguments the program first; never read by a shell
 * @param environment nothing else of this process's environment is passed on
 * @param limit wall clock, after which it is killed with its children
 */
public record Command(List<String> arguments, Map<String, String> environment, Path directory, Duration limit) {
    private static final int MOST_ERRORS = 1 << 16;

    public Command {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** Reads a program's standard output. */
    public interface Reader<T> {
        /** Reads what it needs; the rest is thrown away. */
        T read(InputStream output) throws Exception;
    }

    /**
     * Runs to the end and gives the standard output as text.
     *
     * @throws CommandFailedException for another status than 0, or if it takes too long or writes too much
     */
    public String text(int mostBytes) throws IOException, InterruptedException {
        var text = new AtomicReference<>("");
        try {
            return run(output -> {
                byte[] bytes = output.readNBytes(mostBytes + 1);
                if (bytes.length > mostBytes) {
                    throw new CommandFailedException(program() + " wrote more than " + mostBytes + " bytes");
                }
                text.set(new String(bytes, StandardCharsets.UTF_8));
                return text.get();
            });
        } catch (CommandFailedException e) {
            throw e.withOutput(text.get());
        }
    }

    /**
     * Runs to the end while a reader takes the standard output.
     *
     * @throws CommandFailedException for another status than 0, or if it takes too long
     * @throws IOException what the reader throws; other checked exceptions of it come as the cause
     */
    public <T> T run(Reader<T> reader) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(arguments).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            FutureTask<String> errors = start(() -> tail(process.getErrorStream()));
            FutureTask<T> result = start(() -> {
                try (InputStream output = process.getInputStream()) {
                    T value = reader.read(output);
                    output.transferTo(OutputStream.nullOutputStream());
                    return value;
                }
            });
            T value = await(result);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw tooLong();
            }
            if (process.exitValue() != 0) {
                throw new CommandFailedException(program(), process.exitValue(), await(errors));
            }
            return value;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private <T> T await(FutureTask<T> task) throws IOException, InterruptedException {
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw tooLong();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException bug -> throw bug;
                default -> throw new IOException(e.getCause().getMessage(), e.getCause());
            }
        }
    }

    private CommandFailedException tooLong() {
        return new CommandFailedException(program() + " took longer than " + limit.toSeconds() + " s");
    }

    private String program() {
        return Path.of(arguments.getFirst()).getFileName().toString();
    }

    private static <T> FutureTask<T> start(Callable<T> work) {
        var task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return task;
    }

    private static String tail(InputStream errors) throws IOException {
        byte[] kept = {};
        byte[] buffer = new byte[1 << 13];
        for (int n = errors.read(buffer); n >= 0; n = errors.read(buffer)) {
            var joined = new ByteArrayOutputStream();
            int drop = Math.max(0, kept.length + n - MOST_ERRORS);
            joined.write(kept, Math.min(drop, kept.length), kept.length - Math.min(drop, kept.length));
            joined.write(buffer, 0, n);
            kept = joined.toByteArray();
        }
        return new String(kept, StandardCharsets.UTF_8);
    }
}
