package dev.quorate.agent.work;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * One build on a platform thread of its own, which lives as long as the build does: the kernel kills a build whose
 * starting thread has ended.
 */
final class BuildThread {
    private final FutureTask<Result> task;
    private final Thread thread;

    private BuildThread(Callable<Result> build, String name) {
        task = new FutureTask<>(build);
        thread = Thread.ofPlatform().name(name).unstarted(task);
    }

    static BuildThread start(Callable<Result> build, String name) {
        var started = new BuildThread(build, name);
        started.thread.start();
        return started;
    }

    /** Tells the build to end; {@link #await} then throws. */
    void stop() {
        thread.interrupt();
    }

    /**
     * Waits for the end of the build.
     *
     * @throws InterruptedException if the build was stopped, or the calling thread was interrupted: the build has then
     *     been stopped and has ended too
     */
    Result await() throws InterruptedException, IOException {
        try {
            thread.join();
        } catch (InterruptedException e) {
            stop();
            joinFirmly();
            throw e;
        }
        try {
            return task.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case InterruptedException stopped -> throw stopped;
                case IOException failure -> throw failure;
                default -> throw new IllegalStateException("the build thread failed", e.getCause());
            }
        }
    }

    private void joinFirmly() {
        boolean ended = false;
        while (!ended) {
            try {
                thread.join();
                ended = true;
            } catch (InterruptedException e) {
                // Already on the way out; what is waited for is that no process of the build is left.
                stop();
            }
        }
    }
}
