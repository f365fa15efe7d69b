package dev.quorate.coordinator.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A disk that forgets. It keeps what programs see apart from what a power cut leaves: names last only once their
 * directory was synced. One operation, by its number, can fail or be the last one.
 */
final class FaultyFiles implements DurableFiles {
    /** What becomes of the chosen operation, and of all that was not synced. */
    enum Fault {
        /** The power goes before it; nothing unsynced survives. */
        CRASH_LOSING_ALL,
        /** The power goes in the middle of it; unsynced names survive, and half of its bytes do. */
        CRASH_KEEPING_NAMES,
        /** The power goes in the middle of it; its bytes are there in length, and half of them are zero. */
        CRASH_WITH_ZEROES,
        /** The power goes after it was done in full, before the caller is told. */
        CRASH_AFTER,
        /** It fails without effect, as when the disk is full; everything later works. */
        NO_SPACE,
        /** It is done, and reported as failed, as when a force fails. */
        REPORTED_FAILED
    }

    static final class PowerCut extends IOException {
        private static final long serialVersionUID = 1;

        PowerCut() {
            super("the power is cut");
        }
    }

    private Map<String, byte[]> seen = new TreeMap<>();
    private Map<String, byte[]> durable = new TreeMap<>();
    private TreeSet<String> directories = new TreeSet<>();
    private TreeSet<String> durableDirectories = new TreeSet<>();
    private int operations;
    private int faultAt = -1;
    private Fault fault = Fault.NO_SPACE;
    private boolean dead;

    /** A disk that holds what a directory holds. */
    static FaultyFiles of(Path directory) throws IOException {
        var files = new FaultyFiles();
        List<Path> all;
        try (Stream<Path> walk = Files.walk(directory)) {
            all = walk.filter(path -> !path.equals(directory)).toList();
        }
        for (Path path : all) {
            String name = directory.relativize(path).toString();
            if (Files.isDirectory(path)) {
                files.directories.add(name);
            } else {
                files.seen.put(name, Files.readAllBytes(path));
            }
        }
        files.durable = copyOf(files.seen);
        files.durableDirectories = new TreeSet<>(files.directories);
        return files;
    }

    /** A copy that fails at one operation, counted from now. */
    FaultyFiles failingAt(int operation, Fault how) {
        FaultyFiles copy = new FaultyFiles();
        copy.seen = copyOf(seen);
        copy.durable = copyOf(durable);
        copy.directories = new TreeSet<>(directories);
        copy.durableDirectories = new TreeSet<>(durableDirectories);
        copy.faultAt = operation;
        copy.fault = how;
        return copy;
    }

    int operations() {
        return operations;
    }

    boolean faultHappened() {
        return operations > faultAt;
    }

    /** The disk as it is found after the power is back; without a crash, after a restart of the process. */
    FaultyFiles restarted() {
        FaultyFiles after = new FaultyFiles();
        boolean lost = dead && fault == Fault.CRASH_LOSING_ALL;
        after.seen = copyOf(lost ? durable : seen);
        after.directories = new TreeSet<>(lost ? durableDirectories : directories);
        after.directories.removeIf(directory -> !after.isReachable(directory));
        after.seen.keySet().removeIf(file -> !after.isReachable(parent(file)));
        after.durable = copyOf(after.seen);
        after.durableDirectories = new TreeSet<>(after.directories);
        return after;
    }

    private boolean isReachable(String directory) {
        return directory.isEmpty() || directories.contains(directory) && isReachable(parent(directory));
    }

    void corrupt(String path, int at) {
        seen.get(path)[at] ^= 1;
    }

    List<String> paths() {
        return List.copyOf(seen.keySet());
    }

    @Override
    public Optional<byte[]> read(String path, int most) throws IOException {
        requirePower();
        byte[] bytes = seen.get(path);
        return bytes == null ? Optional.empty() : Optional.of(bytes.clone());
    }

    @Override
    public List<String> list(String directory) throws IOException {
        requirePower();
        TreeSet<String> names = new TreeSet<>();
        for (String path : seen.keySet()) {
            if (path.startsWith(directory + "/")) {
                names.add(path.substring(directory.length() + 1).split("/")[0]);
            }
        }
        return List.copyOf(names);
    }

    @Override
    public void createDirectory(String path) throws IOException {
        step(() -> directories.add(path), () -> {});
    }

    @Override
    public void write(String path, byte[] bytes) throws IOException {
        step(() -> put(path, bytes.clone()), () -> put(path, torn(bytes)));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        step(() -> put(to, seen.remove(from)), () -> {});
    }

    @Override
    public void syncDirectory(String path) throws IOException {
        step(
                () -> {
                    directories.stream()
                            .filter(directory -> parent(directory).equals(path))
                            .forEach(durableDirectories::add);
                    durable.keySet().removeIf(file -> parent(file).equals(path) && !seen.containsKey(file));
                    seen.forEach((file, bytes) -> {
                        if (parent(file).equals(path)) {
                            durable.put(file, bytes);
                        }
                    });
                },
                () -> {});
    }

    @Override
    public void delete(String path) throws IOException {
        step(() -> seen.remove(path), () -> {});
    }

    @Override
    public Appender append(String path) {
        return new Appender() {
            @Override
            public void append(byte[] bytes) throws IOException {
                step(() -> join(path, bytes), () -> join(path, torn(bytes)));
            }

            @Override
            public void close() {}
        };
    }

    /** Appending forces the content: it lasts under whatever name of the file lasts. */
    private void join(String path, byte[] bytes) {
        byte[] old = seen.get(path);
        byte[] all = Arrays.copyOf(old, old.length + bytes.length);
        System.arraycopy(bytes, 0, all, old.length, bytes.length);
        seen.put(path, all);
        durable.computeIfPresent(path, (name, before) -> all);
    }

    private void put(String path, byte[] bytes) {
        if (!parent(path).isEmpty() && !directories.contains(parent(path))) {
            throw new AssertionError("no directory for " + path);
        }
        seen.put(path, bytes);
    }

    private byte[] torn(byte[] bytes) {
        byte[] half = Arrays.copyOf(bytes, bytes.length / 2);
        return fault == Fault.CRASH_WITH_ZEROES ? Arrays.copyOf(half, bytes.length) : half;
    }

    private void step(Runnable whole, Runnable half) throws IOException {
        requirePower();
        boolean faulty = operations++ == faultAt;
        if (!faulty) {
            whole.run();
            return;
        }
        switch (fault) {
            case CRASH_LOSING_ALL, CRASH_KEEPING_NAMES, CRASH_WITH_ZEROES -> {
                half.run();
                dead = true;
                throw new PowerCut();
            }
            case CRASH_AFTER -> {
                whole.run();
                dead = true;
                throw new PowerCut();
            }
            case NO_SPACE -> throw new IOException("no space left on device");
            case REPORTED_FAILED -> {
                whole.run();
                throw new IOException("input/output error");
            }
        }
    }

    private void requirePower() throws IOException {
        if (dead) {
            throw new PowerCut();
        }
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static Map<String, byte[]> copyOf(Map<String, byte[]> files) {
        Map<String, byte[]> copy = new TreeMap<>();
        files.forEach((path, bytes) -> copy.put(path, bytes.clone()));
        return copy;
    }
}
