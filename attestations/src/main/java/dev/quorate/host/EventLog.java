package dev.quorate.host;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Octets;
import dev.quorate.json.MalformedException;
import java.nio.BufferUnderflowException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A TCG crypto-agile event log (TCG PC Client Platform Firmware Profile, section 10): digests by register. Replaying it
 * shows that the digests are the ones that were measured; the types and data of its events stay unproven.
 */
public final class EventLog {
    private static final int SHA256 = 0x000b;
    private static final int NO_ACTION = 3;
    private static final int MOST_EVENTS = 20_000;
    private static final int MOST_ALGORITHMS = 16;
    private static final int LAST_PCR = 23;
    private static final byte[] SPEC_ID = "Spec ID Event03\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LOCALITY = "StartupLocality\0".getBytes(StandardCharsets.US_ASCII);

    private final Map<Integer, List<Sha256>> events = new TreeMap<>();
    private int startupLocality;
    private int count;

    private EventLog() {}

    /** Reads one machine's log, to take reference values from it. */
    public static EventLog parse(byte[] log, String input) throws MalformedException {
        try {
            return read(List.of(Octets.of(log)));
        } catch (RefusedException e) {
            throw new MalformedException(input, "is no TCG event log: " + e.getMessage());
        }
    }

    /** Reads logs that continue each other. */
    static EventLog read(List<Octets> logs) throws RefusedException {
        var log = new EventLog();
        for (Octets bytes : logs) {
            try {
                log.read(new Wire(bytes.bytes(), ByteOrder.LITTLE_ENDIAN));
            } catch (BufferUnderflowException e) {
                throw malformed("is cut off");
            }
        }
        return log;
    }

    private void read(Wire wire) throws RefusedException {
        Map<Integer, Integer> lengths = header(wire);
        while (!wire.isAtEnd()) {
            if (++count > MOST_EVENTS) {
                throw malformed("has more than " + MOST_EVENTS + " events");
            }
            event(wire, lengths);
        }
    }

    /** The first event, in the old format, says how long which digests are. */
    private static Map<Integer, Integer> header(Wire wire) throws RefusedException {
        boolean form = wire.u32() == 0 && wire.u32() == NO_ACTION && Arrays.equals(wire.bytes(20), new byte[20]);
        byte[] event = wire.bytes(wire.u32());
        var inner = new Wire(event, ByteOrder.LITTLE_ENDIAN);
        if (!form || !Arrays.equals(inner.bytes(SPEC_ID.length), SPEC_ID)) {
            throw malformed("does not begin with the event that names its format");
        }
        inner.u32();
        inner.u32();
        long algorithms = inner.u32();
        if (algorithms < 1 || algorithms > MOST_ALGORITHMS) {
            throw malformed("names no algorithms, or too many");
        }
        Map<Integer, Integer> lengths = new HashMap<>();
        for (int i = 0; i < algorithms; i++) {
            lengths.put(inner.u16(), inner.u16());
        }
        inner.bytes(inner.u8());
        if (!inner.isAtEnd() || lengths.getOrDefault(SHA256, 0) != Sha256.LENGTH) {
            throw malformed("has no SHA-256 digests");
        }
        return lengths;
    }

    private void event(Wire wire, Map<Integer, Integer> lengths) throws RefusedException {
        long pcr = wire.u32();
        long type = wire.u32();
        long digests = wire.u32();
        if (digests < 1 || digests > MOST_ALGORITHMS) {
            throw malformed("has an event without digests, or with too many");
        }
        List<Sha256> found = new ArrayList<>();
        for (int i = 0; i < digests; i++) {
            int algorithm = wire.u16();
            Integer length = lengths.get(algorithm);
            if (length == null) {
                throw malformed("has a digest of an algorithm that it did not announce");
            }
            byte[] digest = wire.bytes(length);
            if (algorithm == SHA256) {
                found.add(Sha256.ofDigest(digest));
            }
        }
        byte[] data = wire.bytes(wire.u32());
        if (type == NO_ACTION) {
            locality(pcr, data);
        } else if (pcr > LAST_PCR || found.size() != 1) {
            throw malformed("has an event of no register, or without one SHA-256 digest");
        } else {
            events.computeIfAbsent((int) pcr, p -> new ArrayList<>()).add(found.getFirst());
        }
    }

    /** Where the firmware was started from changes what register 0 begins with; that it is so, the replay shows. */
    private void locality(long pcr, byte[] data) {
        boolean said = pcr == 0
                && data.length == LOCALITY.length + 1
                && Arrays.equals(data, 0, LOCALITY.length, LOCALITY, 0, LOCALITY.length);
        if (said) {
            startupLocality = data[LOCALITY.length];
        }
    }

    /** The events of a register, by their digests. */
    public List<Sha256> events(int pcr) {
        return List.copyOf(events.getOrDefault(pcr, List.of()));
    }

    /** What the register holds after them. */
    public Sha256 replay(int pcr) {
        var start = new byte[Sha256.LENGTH];
        start[Sha256.LENGTH - 1] = (byte) (pcr == 0 ? startupLocality : 0);
        Sha256 value = Sha256.ofDigest(start);
        for (Sha256 event : events(pcr)) {
            value = extend(value, event);
        }
        return value;
    }

    /** What a register holds after TPM2_PCR_Extend. */
    static Sha256 extend(Sha256 value, Sha256 event) {
        var both = new byte[2 * Sha256.LENGTH];
        System.arraycopy(value.bytes(), 0, both, 0, Sha256.LENGTH);
        System.arraycopy(event.bytes(), 0, both, Sha256.LENGTH, Sha256.LENGTH);
        return Sha256.of(both);
    }

    private static RefusedException malformed(String problem) {
        return new RefusedException(HostRefusal.EVENT_LOG_MALFORMED, "an event log " + problem);
    }
}
