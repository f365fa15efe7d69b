package dev.quorate.agent.vm;

import dev.quorate.agent.sandbox.Spawner;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The disks of one machine, as files in a directory.
 *
 * @param writable holds {@code build}, {@code report} and {@code outputs}
 * @param inputs read-only
 */
record Disks(Path writable, Path inputs) {
    private static final long MIB = 1L << 20;

    static Disks make(MachineOrder order) throws IOException, InterruptedException {
        var disks = new Disks(
                Files.createDirectories(order.place().resolve("disks")),
                order.place().resolve("inputs"));
        long limit = order.inside().bounds().disk();
        disks.squash(order.inputs(), order.clock());
        // Inodes and their tables come on top of the limit; what is really used is compared with it at the end.
        blank(disks.build(), pages(limit + limit / 8 + 32 * MIB));
        run(
                "mkfs.ext4",
                List.of(
                        "/usr/sbin/mkfs.ext4",
                        "-q",
                        "-F",
                        "-b",
                        "4096",
                        "-i",
                        "4096",
                        "-m",
                        "0",
                        "-O",
                        "^has_journal",
                        "-d",
                        order.work().toString(),
                        disks.build().toString()));
        blank(disks.report(), GuestReport.BYTES);
        blank(disks.outputs(), pages(limit + limit / 16 + 16 * MIB));
        return disks;
    }

    Path build() {
        return writable.resolve("build");
    }

    Path report() {
        return writable.resolve("report");
    }

    Path outputs() {
        return writable.resolve("outputs");
    }

    /** Bytes that the machine may write at most. */
    long size() throws IOException {
        return Files.size(build()) + Files.size(outputs()) + GuestReport.BYTES + MIB;
    }

    /** Owners are nobody, as in a container, where they are not mapped. */
    private void squash(Path directory, Instant time) throws IOException, InterruptedException {
        String seconds = Long.toString(time.getEpochSecond());
        run(
                "mksquashfs",
                List.of(
                        "/usr/bin/mksquashfs",
                        directory.toString(),
                        inputs.toString(),
                        "-noappend",
                        "-no-progress",
                        "-quiet",
                        "-no-xattrs",
                        "-noI",
                        "-noD",
                        "-noF",
                        "-noX",
                        "-force-uid",
                        "65534",
                        "-force-gid",
                        "65534",
                        "-mkfs-time",
                        seconds));
    }

    private static void blank(Path file, long size) throws IOException {
        try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(0);
            raw.setLength(size);
        }
    }

    private static long pages(long bytes) {
        return bytes / 4096 * 4096;
    }

    private static void run(String what, List<String> command) throws IOException, InterruptedException {
        Process process = Spawner.start(new ProcessBuilder(command).redirectErrorStream(true));
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readNBytes(4096), StandardCharsets.UTF_8).strip();
        process.getInputStream().skip(Long.MAX_VALUE);
        if (process.waitFor() != 0) {
            throw new IOException(
                    what + " failed: " + printed.lines().findFirst().orElse(""));
        }
    }
}
