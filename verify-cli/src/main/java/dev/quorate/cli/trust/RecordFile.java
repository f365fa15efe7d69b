package dev.quorate.cli.trust;

import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.host.HostRecord;
import dev.quorate.json.Fields;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;

/** What {@code quorate agent --enrol} prints, in a file. */
final class RecordFile {
    private RecordFile() {}

    static HostRecord read(GivenFile file) throws RefusedException, MalformedException {
        byte[] bytes = file.bytes(HostRecord.MAX_BYTES);
        return HostRecord.read(
                Fields.of(JsonReader.read(bytes, HostRecord.MAX_BYTES, file.printable()), file.printable()));
    }
}
