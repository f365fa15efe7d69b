package dev.quorate.export;

import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.kit.LogEntry;
import dev.quorate.log.SignedNote;
import dev.quorate.log.TlogProof;
import java.util.ArrayList;
import java.util.List;

/** The log's side of a kit, as C2SP tools read it, with what each entry says and who says it. */
public final class InclusionProofs {
    private InclusionProofs() {}

    /**
     * For each line {@code <index>-<kind>} with the endings {@code .entry}, {@code .tlog-proof}, {@code .sigstore.json} and
     * {@code .pub}; the checkpoint; and {@code signers.json}.
     */
    public static List<ExportedFile> of(List<TrustedLine> lines) throws MalformedException {
        List<ExportedFile> files = new ArrayList<>();
        List<Json.Obj> signers = new ArrayList<>();
        for (TrustedLine line : lines) {
            LogEntry entry = line.bundle().entry();
            String name = line.name();
            SignedNote checkpoint = SignedNote.parse(entry.checkpointBytes(), name);
            if (files.isEmpty()) {
                files.add(new ExportedFile("checkpoint", checkpoint.bytes()));
            }
            files.add(new ExportedFile(name + ".entry", entry.body()));
            files.add(new ExportedFile(
                    name + ".tlog-proof", new TlogProof(entry.index(), entry.hashes(), checkpoint).bytes()));
            files.add(ExportedFile.json(name + ".sigstore.json", line.bundle().json()));
            files.add(ExportedFile.text(name + ".pub", line.payload().signedBy().pem()));
            signers.add(line.speaker()
                    .json()
                    .put("entry", name)
                    .put("statement", line.predicateType())
                    .put("key", line.payload().signedBy().toString())
                    .build());
        }
        files.add(ExportedFile.json(
                "signers.json", Json.object().put("signers", Json.arr(signers)).build()));
        return List.copyOf(files);
    }
}
