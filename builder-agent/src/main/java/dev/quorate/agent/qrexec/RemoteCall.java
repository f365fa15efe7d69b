package dev.quorate.agent.qrexec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** The program that carries one call, for as long as it runs. */
final class RemoteCall {
    private static final Duration TO_END = Duration.ofSeconds(10);

    /** Exit statuses that qrexec-client-vm has for itself. */
    private static final int PROBLEM = 125;

    private static final int REFUSED = 126;
    private static final int NOT_FOUND = 127;

    private final Process process;
    private final LastWords words;
    private final Thread listening;
    private final List<Thread> talking = new ArrayList<>();

    private RemoteCall(Process process) {
        this.process = process;
        this.words = new LastWords(process.getErrorStream());
        this.listening = Thread.ofPlatform().daemon().name("diagnostics").start(words);
    }

    static RemoteCall start(List<String> command) throws IOException {
        return new RemoteCall(new ProcessBuilder(command).start());
    }

    OutputStream request() {
        return process.getOutputStream();
    }

    InputStream answer() {
        return process.getInputStream();
    }

    /** Reads or writes on a thread of its own, which {@link #end} waits for. */
    <T> FutureTask<T> talk(String name, Callable<T> talk) {
        var task = new FutureTask<>(talk);
        talking.add(Thread.ofPlatform().daemon().name(name).start(task));
        return task;
    }

    /** How the program ended and what it said, for a person; waits a little for its end. */
    String ending() throws InterruptedException {
        String status = process.waitFor(TO_END) ? status(process.exitValue()) : "the program still runs";
        listening.join(TO_END);
        String line = words.line();
        return line.isEmpty() ? status : status + " and said: " + line;
    }

    private String status(int status) {
        return switch (status) {
            case 0 -> "the program ended";
            case PROBLEM -> "qrexec had a problem (status 125)";
            case REFUSED -> "qrexec refused the call (status 126): look at the policy";
            case NOT_FOUND -> "there is no such service or program (status 127)";
            default -> "the program ended with status " + status;
        };
    }

    /** Ends the program and all that it has started. The far side notices when it next says that it is alive. */
    void end() throws InterruptedException {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
        if (!process.waitFor(TO_END)) {
            throw new IllegalStateException("the kernel does not end a process that was killed");
        }
        for (Thread thread : talking) {
            thread.join(TO_END);
        }
    }
}
