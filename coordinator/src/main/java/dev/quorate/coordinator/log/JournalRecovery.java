package dev.quorate.coordinator.log;

import dev.quorate.json.MalformedException;
import dev.quorate.log.EntryBundle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what the journal holds beyond a durable tree. */
final class JournalRecovery {
    private final DurableFiles files;
    private final List<byte[]> entries = new ArrayList<>();
    private final long durableSize;

    private JournalRecovery(DurableFiles files, long durableSize) {
        this.files = files;
        this.durableSize = durableSize;
    }

    /** The entries from index {@code durableSize} on, in order. */
    static List<byte[]> entriesFrom(long durableSize, DurableFiles files) throws IOException, LogDamagedException {
        var recovery = new JournalRecovery(files, durableSize);
        for (String name : files.list(Journal.DIRECTORY)) {
            if (!name.endsWith(".tmp")) {
                recovery.readSegment(Journal.DIRECTORY + "/" + name);
            }
        }
        return recovery.entries;
    }

    private void readSegment(String path) throws IOException, LogDamagedException {
        byte[] segment = files.read(path, Journal.MAX_SEGMENT_BYTES).orElseThrow();
        // A segment appears by renaming, with its header whole.
        JournalFrames frames = JournalFrames.ofSegment(segment)
                .orElseThrow(() -> new LogDamagedException(path, "is no journal segment"));
        int at = JournalFrames.HEADER_BYTES;
        for (Optional<JournalFrames.Frame> frame = frames.read(segment, at);
                frame.isPresent();
                frame = frames.read(segment, at)) {
            take(path, frame.get());
            at = frame.get().end();
        }
        if (frames.anyFrom(segment, at)) {
            throw new LogDamagedException(path, "a batch at byte " + at + " changed after it was confirmed");
        }
    }

    private void take(String path, JournalFrames.Frame frame) throws LogDamagedException {
        long next = durableSize + entries.size();
        if (frame.first() > next) {
            throw new LogDamagedException(
                    path, "begins with entry " + frame.first() + ", and entry " + next + " is nowhere");
        }
        long known = next - frame.first();
        if (known < frame.count()) {
            try {
                List<byte[]> all = EntryBundle.read(frame.payload(), frame.count(), path);
                entries.addAll(all.subList((int) known, all.size()));
            } catch (MalformedException e) {
                throw new LogDamagedException(path, e.getMessage());
            }
        }
    }
}
