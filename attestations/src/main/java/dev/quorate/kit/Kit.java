package dev.quorate.kit;

import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All lines of a kit; nothing in it is verified. */
public record Kit(List<Bundle> bundles) {
    /** Longest kit accepted, in bytes. */
    public static final int MAX_BYTES = 256 << 20;

    private static final int MAX_LINE = 32 << 20;
    private static final int MOST_LINES = 10_000;

    public Kit {
        bundles = List.copyOf(bundles);
    }

    /** Reads a kit; every line must be canonical and ended by a newline. */
    public static Kit parse(byte[] bytes, String fileName) throws MalformedException {
        if (bytes.length == 0 || bytes.length > MAX_BYTES) {
            throw new MalformedException(fileName, "must have 1 to " + MAX_BYTES + " bytes");
        }
        if (bytes[bytes.length - 1] != '\n') {
            throw new MalformedException(fileName, "does not end with a newline; it may have been cut off");
        }
        List<Bundle> bundles = new ArrayList<>();
        int start = 0;
        for (int end = 0; end < bytes.length; end++) {
            if (bytes[end] == '\n') {
                if (bundles.size() == MOST_LINES) {
                    throw new MalformedException(fileName, "has more than " + MOST_LINES + " lines");
                }
                bundles.add(line(Arrays.copyOfRange(bytes, start, end), fileName + ":" + (bundles.size() + 1)));
                start = end + 1;
            }
        }
        return new Kit(bundles);
    }

    private static Bundle line(byte[] line, String place) throws MalformedException {
        Fields fields = Fields.of(JsonReader.read(line, MAX_LINE, place), place);
        if (!Arrays.equals(CanonicalJson.bytes(fields.json()), line)) {
            throw new MalformedException(place, "is not canonical JSON");
        }
        return Bundle.read(fields);
    }

    /** The file's content. */
    public byte[] bytes() {
        var out = new ByteArrayOutputStream();
        for (Bundle bundle : bundles) {
            out.writeBytes(CanonicalJson.bytes(bundle.json()));
            out.write('\n');
        }
        return out.toByteArray();
    }
}
