package dev.quorate.it.bench;

import dev.quorate.coordinator.log.DiskFiles;
import dev.quorate.coordinator.log.LogFsck;
import dev.quorate.coordinator.log.Publication;
import dev.quorate.coordinator.log.TileLog;
import dev.quorate.log.Ed25519NoteSigner;
import dev.quorate.log.KeyName;
import dev.quorate.log.LogIndex;
import dev.quorate.log.NoteAlgorithm;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Appends a second and their latencies, with 1, 8 and 64 callers, beside a bare loop of write and fdatasync on the same
 * disk. Arguments: a directory, and seconds a row (3).
 */
final class LogBench {
    /** Bytes of a leaf, as a hashedrekord has. */
    private static final int LEAF = 460;

    private LogBench() {}

    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory(Path.of(args.length > 0 ? args[0] : "target"), "log-bench");
        long nanos = (args.length > 1 ? Long.parseLong(args[1]) : 3) * 1_000_000_000L;
        PrintStream out = System.out;
        out.printf(Locale.ROOT, "%-22s %10s %10s %10s%n", "what", "append/s", "p50 ms", "p99 ms");
        print(out, "fdatasync loop", bare(directory.resolve("bare"), nanos), nanos);
        for (int callers : new int[] {1, 8, 64, 512}) {
            print(out, callers + " callers", log(directory.resolve("log" + callers), callers, nanos), nanos);
        }
    }

    private static long[] bare(Path file, long nanos) throws Exception {
        List<Long> latencies = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long end = System.nanoTime() + nanos;
            for (long begin = System.nanoTime(); begin < end; begin = System.nanoTime()) {
                channel.write(ByteBuffer.allocate(LEAF));
                channel.force(false);
                latencies.add(System.nanoTime() - begin);
            }
        }
        return sorted(latencies);
    }

    private static long[] log(Path directory, int callers, long nanos) throws Exception {
        var signer = Ed25519NoteSigner.of(
                new KeyName("bench.example"),
                NoteAlgorithm.ED25519,
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        List<Long> latencies = new ArrayList<>();
        var counter = new AtomicLong();
        try (TileLog log = TileLog.open(directory, signer, Publication.AT_ONCE);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long end = System.nanoTime() + nanos;
            List<Future<List<Long>>> running = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                running.add(threads.submit(() -> {
                    List<Long> mine = new ArrayList<>();
                    for (long begin = System.nanoTime(); begin < end; begin = System.nanoTime()) {
                        byte[] leaf = ByteBuffer.allocate(LEAF)
                                .putLong(counter.getAndIncrement())
                                .array();
                        log.append(leaf);
                        mine.add(System.nanoTime() - begin);
                    }
                    return mine;
                }));
            }
            for (Future<List<Long>> one : running) {
                latencies.addAll(one.get());
            }
            long begin = System.nanoTime();
            log.awaitHead(new LogIndex(latencies.size() - 1));
            System.err.printf(Locale.ROOT, "  the head was %.1f ms behind%n", (System.nanoTime() - begin) / 1e6);
        }
        if (!(LogFsck.check(new DiskFiles(directory), signer.key()) instanceof LogFsck.Result.Sound)) {
            throw new AssertionError("the log is broken");
        }
        return sorted(latencies);
    }

    private static long[] sorted(List<Long> latencies) {
        long[] sorted = latencies.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    private static void print(PrintStream out, String what, long[] sorted, long nanos) {
        out.printf(
                Locale.ROOT,
                "%-22s %10.0f %10.2f %10.2f%n",
                what,
                sorted.length * 1e9 / nanos,
                sorted[sorted.length / 2] / 1e6,
                sorted[sorted.length * 99 / 100] / 1e6);
    }
}
