package dev.quorate.cli.demo;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Repeats the steps that the agents log, while they work, so that a reader sees something happen. */
final class Chatter implements AutoCloseable {
    private static final List<String> STEPS = List.of(
            "lease taken",
            "inputs ready",
            "assembling a root file system",
            "root file system ready",
            "build finished",
            "committed",
            "revealed",
            "proven");
    private static final int MOST_AT_ONCE = 64 * 1024;

    private final Story story;
    private final Map<String, Path> logs = new LinkedHashMap<>();
    private final Map<String, Long> read = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /** Listens from now on. */
    Chatter(Story story, List<String> agents, Workspace workspace) throws IOException {
        this.story = story;
        for (String agent : agents) {
            Path log = workspace.log(agent);
            logs.put(agent, log);
            read.put(agent, Files.exists(log) ? Files.size(log) : 0);
        }
        thread = Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
        try {
            while (!closed.await(300, TimeUnit.MILLISECONDS)) {
                logs.forEach(this::repeat);
            }
            logs.forEach(this::repeat);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void repeat(String agent, Path log) {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(read.get(agent));
            var bytes = new byte[(int) Math.min(MOST_AT_ONCE, Math.max(0, file.length() - file.getFilePointer()))];
            file.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            int whole = text.lastIndexOf('\n') + 1;
            text.substring(0, whole).lines().forEach(line -> tell(agent, line));
            read.merge(agent, (long) text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length, Long::sum);
        } catch (IOException e) {
            // An agent that has not logged yet has no file; what it says later is told later.
            return;
        }
    }

    private void tell(String agent, String line) {
        STEPS.stream()
                .filter(step -> line.contains(" " + step + " "))
                .findFirst()
                .ifPresent(step -> {
                    String outcome = line.replaceFirst(".* outcome=([A-Z_]+).*", "$1");
                    story.say(agent + "  " + step + (outcome.equals(line) ? "" : ", " + outcome));
                });
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
