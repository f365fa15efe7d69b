package dev.quorate.it.sim;

import dev.quorate.coordinator.log.SteppedLog;
import dev.quorate.log.NoteSignature;
import dev.quorate.log.SignedNote;
import dev.quorate.log.VerifiedCheckpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
    private final Map<Long, List<NoteSignature>> cosignatures = new TreeMap<>();
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

    /** A witness's answer about the head of that size, whatever it is. */
    void answered(long size, String body) {
        try {
            NoteSignature line = NoteSignature.parse(body.strip());
            cosignatures.computeIfAbsent(size, s -> new ArrayList<>()).add(line);
        } catch (IllegalArgumentException e) {
            // A corrupt one's.
        }
    }

    /** The sizes about which somebody has answered. */
    List<Long> sizes() {
        return List.copyOf(cosignatures.keySet());
    }

    /** The head of that size with a cosignature of each witness that gave a good one. */
    SignedNote note(long size, Witnessing witnessing) {
        SignedNote note = heads.get(size).note();
        for (NoteSignature line : cosignatures.getOrDefault(size, List.of())) {
            SignedNote more = note.with(List.of(line));
            note = witnessing.count(more) > witnessing.count(note) ? more : note;
        }
        return note;
    }
}
