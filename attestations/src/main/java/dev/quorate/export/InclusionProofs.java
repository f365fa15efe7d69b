package dev.quorate.export;

import dev.quorate.json.MalformedException;
import dev.quorate.kit.LogEntry;
import dev.quorate.log.SignedNote;
import dev.quorate.log.TlogProof;
import java.util.ArrayList;
import java.util.List;

/** The log's side of a kit, as C2SP tools read it. */
public final class InclusionProofs {
    private InclusionProofs() {}

    /** The entry and the proof of each line, {@code <index>-<kind>.entry} and {@code .tlog-proof}, and the checkpoint. */
    public static List<ExportedFile> of(List<TrustedLine> lines) throws MalformedException {
        List<ExportedFile> files = new ArrayList<>();
        for (TrustedLine line : lines) {
            LogEntry entry = line.bundle().entry();
            String name = entry.index() + "-" + line.kind();
            SignedNote checkpoint = SignedNote.parse(entry.checkpointBytes(), name);
            if (files.isEmpty()) {
                files.add(new ExportedFile("checkpoint", checkpoint.bytes()));
            }
            files.add(new ExportedFile(name + ".entry", entry.body()));
            files.add(new ExportedFile(
                    name + ".tlog-proof", new TlogProof(entry.index(), entry.hashes(), checkpoint).bytes()));
        }
        return List.copyOf(files);
    }
}
