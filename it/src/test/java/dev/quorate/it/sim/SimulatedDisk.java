package dev.quorate.it.sim;

import dev.quorate.coordinator.log.DurableFiles;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A disk that breaks by chance, within what {@link DurableFiles} promises: a write is torn, the disk is full, a force
 * fails, the power goes; then every name that was not synced is there or not, each by itself.
 */
final class SimulatedDisk implements DurableFiles {
    private final Chance chance;
    private Map<String, byte[]> seen = new TreeMap<>();
    private final Map<String, byte[]> durable = new TreeMap<>();
    private TreeSet<String> directories = new TreeSet<>();
    private final TreeSet<String> durableDirectories = new TreeSet<>();
    private int faultOneIn;
    private boolean off;

    SimulatedDisk(Chance chance) {
        this.chance = chance;
    }

    /** From now on one in so many operations goes wrong; none for 0. */
    void faultOneIn(int operations) {
        faultOneIn = operations;
    }

    /** Cuts the power, if it is not yet cut. */
    void cut() {
        off = true;
    }

    /** The power is back: chance decides what became of every unsynced name. */
    void restart() {
        if (off) {
            Map<String, byte[]> left = new TreeMap<>(durable);
            seen.forEach((path, bytes) -> keep(left, path, Optional.of(bytes)));
            List.copyOf(durable.keySet()).stream()
                    .filter(path -> !seen.containsKey(path))
                    .forEach(path -> keep(left, path, Optional.empty()));
            var kept = new TreeSet<>(durableDirectories);
            directories.stream().filter(d -> chance.oneIn(2)).forEach(kept::add);
            kept.removeIf(d -> !parent(d).isEmpty() && !kept.contains(parent(d)));
            left.keySet().removeIf(path -> !parent(path).isEmpty() && !kept.contains(parent(path)));
            seen = left;
            directories = kept;
            durable.clear();
            durable.putAll(seen);
            durableDirectories.clear();
            durableDirectories.addAll(kept);
        }
        off = false;
    }

    private void keep(Map<String, byte[]> left, String path, Optional<byte[]> now) {
        if (chance.oneIn(2)) {
            now.ifPresentOrElse(bytes -> left.put(path, bytes), () -> left.remove(path));
        }
    }

    @Override
    public Optional<byte[]> read(String path, int most) throws IOException {
        requirePower();
        return Optional.ofNullable(seen.get(path)).map(byte[]::clone);
    }

    @Override
    public List<String> list(String directory) throws IOException {
        requirePower();
        var names = new TreeSet<String>();
        seen.keySet().stream()
                .filter(path -> path.startsWith(directory + "/"))
                .forEach(
                        path -> names.add(path.substring(directory.length() + 1).split("/")[0]));
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

    private void put(String path, byte[] bytes) {
        seen.put(path, bytes);
        durable.computeIfPresent(path, (name, old) -> bytes);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        step(() -> seen.put(to, seen.remove(from)), () -> {});
    }

    @Override
    public void syncDirectory(String path) throws IOException {
        step(
                () -> {
                    directories.stream().filter(d -> parent(d).equals(path)).forEach(durableDirectories::add);
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
                step(() -> put(path, joined(path, bytes)), () -> put(path, joined(path, torn(bytes))));
            }

            @Override
            public void close() {}
        };
    }

    private byte[] joined(String path, byte[] more) {
        byte[] old = seen.get(path);
        byte[] all = Arrays.copyOf(old, old.length + more.length);
        System.arraycopy(more, 0, all, old.length, more.length);
        return all;
    }

    private byte[] torn(byte[] bytes) {
        byte[] part = Arrays.copyOf(bytes, chance.below(bytes.length + 1));
        return chance.oneIn(3) ? Arrays.copyOf(part, bytes.length) : part;
    }

    private void step(Runnable whole, Runnable part) throws IOException {
        requirePower();
        if (!chance.oneIn(faultOneIn)) {
            whole.run();
            return;
        }
        switch (chance.below(4)) {
            case 0 -> throw new IOException("no space left on device");
            case 1 -> {
                whole.run();
                throw new IOException("input/output error");
            }
            case 2 -> part.run();
            default -> whole.run();
        }
        off = true;
        throw new PowerCut();
    }

    private void requirePower() throws IOException {
        if (off) {
            throw new PowerCut();
        }
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
