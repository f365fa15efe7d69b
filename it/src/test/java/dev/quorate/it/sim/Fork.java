package dev.quorate.it.sim;

import dev.quorate.coordinator.log.SteppedLog;
import dev.quorate.log.NoteSignature;
import dev.quorate.log.SignedNote;
import dev.quorate.log.VerifiedCheckpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** One of the histories that a corrupt coordinator tells: a log of its own under the one key, and who has cosigned it. */
final class Fork {
    private final Map<Long, Testimony> lines = new TreeMap<>();
    private final long end;
    private final SteppedLog log;
    private final Map<Long, VerifiedCheckpoint> heads = new TreeMap<>();
    private final Map<Long, SignedNote> notes = new TreeMap<>();
    private long told;

    /** Those lines where they are, and entries that are not theirs wherever there is none, up to an end. */
    Fork(List<Testimony> lines, long end, SimulatedDisk disk) throws IOException {
        lines.forEach(line -> this.lines.put(line.index(), line));
        this.end = end;
        this.log = SteppedLog.open(disk, Cast.LOG);
    }

    /** Enters what comes next, until the end. */
    void grow() throws IOException {
        if (told < end) {
            log.append(entry(told++));
        }
        heads.putIfAbsent(told, log.head());
    }

    private byte[] entry(long index) {
        return lines.containsKey(index)
                ? lines.get(index).leaf()
                : ("another's " + index).getBytes(StandardCharsets.UTF_8);
    }

    long size() {
        return told;
    }

    SteppedLog log() {
        return log;
    }

    /** The lines that its tree of that size has. */
    List<Testimony> lines(long size) {
        return lines.values().stream().filter(line -> line.index() < size).toList();
    }

    List<byte[]> entries(long size) {
        return LongStream.range(0, size).mapToObj(this::entry).toList();
    }

    VerifiedCheckpoint head(long size) {
        return heads.get(size);
    }

    /** A witness's answer about the head of that size, whatever it is; kept if it is one more good cosignature. */
    void answered(long size, String body, Witnessing witnessing) {
        try {
            SignedNote before = note(size);
            SignedNote more = before.with(List.of(NoteSignature.parse(body.strip())));
            notes.put(size, witnessing.count(more) > witnessing.count(before) ? more : before);
        } catch (IllegalArgumentException e) {
            // A corrupt one's.
        }
    }

    /** The sizes about which somebody has answered. */
    List<Long> sizes() {
        return List.copyOf(notes.keySet());
    }

    /** The head of that size with the cosignatures that it got. */
    SignedNote note(long size) {
        return notes.getOrDefault(size, heads.get(size).note());
    }
}
