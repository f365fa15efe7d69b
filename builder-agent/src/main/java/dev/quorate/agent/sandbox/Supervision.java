package dev.quorate.agent.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Watches one running sandbox: its log, its time, its disk, its memory, and whether it does what it is to do. */
record Supervision(Bounds bounds, List<Path> writable, Path log, ControlGroup group, Watchdog watchdog) {
    private static final long DISK_FLOOR = 256L << 20;
    private static final long LOOK_MILLIS = 1000;
    /** Measuring a large tree takes long; then it is done less often, so that the build keeps the machine. */
    private static final int LEAST_SHARE = 10;

    private static final Duration LAST_WORDS = Duration.ofSeconds(30);

    static Process start(List<String> command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        builder.environment().put("LC_ALL", "C.UTF-8");
        return Spawner.start(builder);
    }

    /** Waits for the end, or makes it. */
    Ending run(Process process) throws IOException, InterruptedException {
        Thread reader = Thread.ofPlatform()
                .daemon()
                .name("build log")
                .start(new BoundedLog(process.getInputStream(), log, bounds.log()));
        Ending ending;
        try {
            process.getOutputStream().close();
            ending = watch(process);
        } finally {
            // By its handle: Process.destroyForcibly would also close the pipe that the log is still read from.
            process.toHandle().destroyForcibly();
            process.waitFor();
            reader.join(LAST_WORDS);
        }
        return group.ranOutOfMemory()
                ? reached("used more memory than its limit of " + bounds.memory() + " bytes")
                : ending;
    }

    private Ending watch(Process process) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        long deadline = begin + bounds.time().toNanos();
        long pause = LOOK_MILLIS;
        while (true) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return reached("ran longer than its limit of " + bounds.time().toSeconds() + " s");
            }
            boolean ended = process.waitFor(Math.min(left, pause), TimeUnit.MILLISECONDS);
            long look = System.nanoTime();
            Optional<Ending> disk = disk();
            pause = Math.max(LOOK_MILLIS, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - look) * LEAST_SHARE);
            if (ended || disk.isPresent()) {
                return disk.orElseGet(() -> new Ending.Exited(process.exitValue()));
            }
            Optional<String> overdue = watchdog.overdue(Duration.ofNanos(System.nanoTime() - begin));
            if (overdue.isPresent()) {
                return new Ending.MachineFailed(overdue.get());
            }
        }
    }

    private Optional<Ending> disk() throws IOException, InterruptedException {
        for (Path directory : writable) {
            if (DiskUse.below(directory) + DiskUse.heldOpen(group.members(), directory) > bounds.disk()) {
                return Optional.of(reached("used more disk than its limit of " + bounds.disk() + " bytes"));
            }
            if (Files.getFileStore(directory).getUsableSpace() < DISK_FLOOR) {
                return Optional.of(new Ending.MachineFailed(
                        "the builder's disk has less than " + DISK_FLOOR + " bytes left; free some"));
            }
        }
        return Optional.empty();
    }

    private static Ending reached(String what) {
        return new Ending.LimitReached("the build " + what);
    }
}
