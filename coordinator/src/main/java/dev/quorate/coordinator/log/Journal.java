package dev.quorate.coordinator.log;

import dev.quorate.log.EntryBundle;
import java.io.Closeable;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Where entries are first made durable, a batch at a time. */
final class Journal implements Closeable {
    static final String DIRECTORY = "journal";

    /** Most bytes of the entries of one batch. */
    static final int MAX_BATCH_BYTES = 4 << 20;

    /** Most entries of one batch. */
    static final int MAX_BATCH_ENTRIES = 4096;

    /** Usual size of a segment. */
    static final int SEGMENT_BYTES = 8 << 20;

    /** A segment takes one more batch as long as it is below its usual size. */
    static final int MAX_SEGMENT_BYTES = SEGMENT_BYTES + 2 * MAX_BATCH_BYTES;

    private static final SecureRandom RANDOM = new SecureRandom();

    private record Segment(String path, long first) {}

    private final DurableFiles files;
    private final AtomicWrites writes;
    private final int segmentBytes;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private JournalFrames frames;
    private DurableFiles.Appender end;
    private long bytes;

    private Journal(DurableFiles files, int segmentBytes) {
        this.files = files;
        this.segmentBytes = segmentBytes;
        this.writes = new AtomicWrites(files);
    }

    /** Begins with an empty segment and drops all others; everything before {@code next} is durable elsewhere. */
    static Journal startAt(long next, DurableFiles files, int segmentBytes) throws IOException {
        var journal = new Journal(files, segmentBytes);
        List<String> old = files.list(DIRECTORY);
        journal.startSegment(next);
        for (String name : old) {
            if (!path(next).equals(DIRECTORY + "/" + name)) {
                files.delete(DIRECTORY + "/" + name);
            }
        }
        files.syncDirectory(DIRECTORY);
        return journal;
    }

    /** Makes a batch durable, whose first entry has this index. */
    synchronized void append(long first, List<byte[]> entries) throws IOException {
        if (bytes >= segmentBytes) {
            end.close();
            startSegment(first);
        }
        byte[] frame = frames.write(first, entries.size(), EntryBundle.write(entries));
        end.append(frame);
        bytes += frame.length;
    }

    /** Drops the segments all of whose entries are below this size of a durable tree. */
    synchronized void discardBelow(long durableSize) throws IOException {
        while (segments.size() > 1) {
            Segment oldest = segments.removeFirst();
            if (segments.getFirst().first() > durableSize) {
                segments.addFirst(oldest);
                return;
            }
            files.delete(oldest.path());
        }
    }

    private void startSegment(long first) throws IOException {
        frames = JournalFrames.withSalt(salt());
        writes.replace(path(first), frames.header());
        end = files.append(path(first));
        bytes = 0;
        segments.addLast(new Segment(path(first), first));
    }

    static String path(long first) {
        return DIRECTORY + "/" + String.format(Locale.ROOT, "%016d", first);
    }

    private static byte[] salt() {
        var salt = new byte[JournalFrames.SALT_BYTES];
        RANDOM.nextBytes(salt);
        return salt;
    }

    @Override
    public synchronized void close() throws IOException {
        end.close();
    }
}
