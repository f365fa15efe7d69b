package dev.quorate.cli.demo;

import dev.quorate.cli.RefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The coordinator and the agents as processes, all ended when this is closed. */
final class Servers implements AutoCloseable {
    private static final int READY_WITHIN_SECONDS = 60;
    private static final int DRAIN_SECONDS = 30;

    private final Plan plan;
    private final Workspace workspace;
    private final Map<String, Process> running = new LinkedHashMap<>();

    Servers(Plan plan, Workspace workspace) {
        this.plan = plan;
        this.workspace = workspace;
        // A demo that is interrupted leaves no server behind.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "demo-cleanup"));
    }

    /** A port of the loopback interface that nobody listens on. */
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A server that is making its keys. */
    record Initialising(String name, Path log, Process process) {
        /** What it printed about them. */
        String printed() throws IOException, InterruptedException, RefusedException {
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new RefusedException(name + " --init failed: " + lastLine(log));
            }
            return printed;
        }
    }

    /** Starts a server's {@code --init}; several run side by side. */
    Initialising init(String name, String server, Path config) throws IOException {
        Path log = workspace.log(name + "-init");
        return new Initialising(
                name,
                log,
                command(List.of(server, "--config", config.toString(), "--init"))
                        .redirectError(log.toFile())
                        .start());
    }

    /** Starts a server under a name. */
    void start(String name, String server, Path config) throws IOException {
        ProcessBuilder builder = command(List.of(server, "--config", config.toString()));
        builder.redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(workspace.log(name).toFile()));
        running.put(name, builder.start());
    }

    /** Waits until the coordinator takes connections. */
    void awaitCoordinator(int port) throws InterruptedException, RefusedException {
        Process coordinator = running.get("coordinator");
        for (int tenths = 0; tenths < 10 * READY_WITHIN_SECONDS; tenths++) {
            if (answers(port)) {
                return;
            }
            if (coordinator.waitFor(100, TimeUnit.MILLISECONDS)) {
                throw new RefusedException("the coordinator ended at once: " + lastLine(workspace.log("coordinator")));
            }
        }
        throw new RefusedException("the coordinator is not ready after " + READY_WITHIN_SECONDS
                + " seconds; its log is " + workspace.log("coordinator"));
    }

    /** Ends one server the way an operator would, and waits until it is gone. */
    void stop(String name) throws InterruptedException {
        Process process = running.remove(name);
        process.destroy();
        if (!process.waitFor(DRAIN_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** A server that has ended, if any has: the demo cannot go on without it. */
    void requireAll() throws RefusedException {
        for (Map.Entry<String, Process> entry : running.entrySet()) {
            if (!entry.getValue().isAlive()) {
                throw new RefusedException(entry.getKey() + " ended: " + lastLine(workspace.log(entry.getKey())));
            }
        }
    }

    private ProcessBuilder command(List<String> words) {
        List<String> command = new ArrayList<>(List.of(plan.launcher().toString()));
        command.addAll(words);
        var builder = new ProcessBuilder(command);
        builder.directory(workspace.directory().toFile());
        return builder;
    }

    private static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String lastLine(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.isEmpty() ? "its log " + log + " is empty" : lines.getLast() + " (" + log + ")";
        } catch (IOException e) {
            return "its log " + log + " cannot be read";
        }
    }

    @Override
    public void close() {
        List<Process> left = running.values().stream().filter(Process::isAlive).toList();
        left.forEach(Process::destroy);
        for (Process process : left) {
            try {
                if (!process.waitFor(DRAIN_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
