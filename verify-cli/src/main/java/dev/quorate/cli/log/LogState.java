package dev.quorate.cli.log;

import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.cli.WrittenFile;
import dev.quorate.digest.Sha256;
import dev.quorate.dsse.Base64Text;
import dev.quorate.json.CanonicalJson;
import dev.quorate.json.Json;
import dev.quorate.log.CheckpointCheck;
import dev.quorate.log.CheckpointVerifier;
import dev.quorate.log.NoteKey;
import dev.quorate.log.SignedNote;
import dev.quorate.log.VerifiedCheckpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The last good head of a log, in a file if the user wants it kept, and the evidence beside that file. */
final class LogState {
    private static final int MOST_EVIDENCE = 1000;
    private static final int MAX_EVIDENCE_BYTES = 4 * SignedNote.MAX_BYTES;

    private final Optional<GivenFile> file;
    private final NoteKey log;
    private Optional<VerifiedCheckpoint> known;

    private LogState(Optional<GivenFile> file, NoteKey log, Optional<VerifiedCheckpoint> known) {
        this.file = file;
        this.log = log;
        this.known = known;
    }

    /** Reads the file, if there is one by now. */
    static LogState open(Optional<GivenFile> file, NoteKey log) throws RefusedException {
        Optional<VerifiedCheckpoint> known = Optional.empty();
        if (file.isPresent() && Files.exists(file.get().path())) {
            byte[] note = file.get().bytes(SignedNote.MAX_BYTES);
            if (!(CheckpointVerifier.unwitnessed(log).verify(note) instanceof CheckpointCheck.Verified(var head))) {
                throw new RefusedException(file.get().printable() + ": is not a head that " + log.name()
                        + " signed with the given key; name this log's own state file");
            }
            known = Optional.of(head);
        }
        return new LogState(file, log, known);
    }

    Optional<VerifiedCheckpoint> known() {
        return known;
    }

    Optional<String> file() {
        return file.map(GivenFile::printable);
    }

    /** Takes a head that extends the known one in its place. */
    void keep(VerifiedCheckpoint next) throws RefusedException {
        boolean same = known.isPresent()
                && Arrays.equals(known.get().note().bytes(), next.note().bytes());
        if (file.isPresent() && !same) {
            WrittenFile.replace(file.get().path(), next.note().bytes());
        }
        known = Optional.of(next);
    }

    /** Writes evidence down, once; says where, if there is a place. */
    Optional<String> keep(Sighting.Bad bad) throws RefusedException {
        return file.isPresent() ? Optional.of(write(file.get(), evidence(bad))) : Optional.empty();
    }

    private static String write(GivenFile state, byte[] evidence) throws RefusedException {
        for (int n = 1; n <= MOST_EVIDENCE; n++) {
            String suffix = ".evidence-" + n + ".json";
            Path path = state.path().resolveSibling(state.path().getFileName() + suffix);
            var kept = new GivenFile(state.name() + suffix, path);
            if (Files.notExists(path)) {
                WrittenFile.create(path, evidence);
                return kept.printable();
            } else if (Arrays.equals(kept.bytes(MAX_EVIDENCE_BYTES), evidence)) {
                return kept.printable();
            }
        }
        throw new RefusedException(state.printable() + ": has " + MOST_EVIDENCE
                + " files of evidence beside it; look at them and put them elsewhere");
    }

    private byte[] evidence(Sighting.Bad bad) {
        return CanonicalJson.bytes(Json.object()
                .put("format", "quorate/log-evidence/v1")
                .put("finding", bad.finding().name())
                .put("detail", bad.detail())
                .put("log", log.vkey())
                .put(
                        "known",
                        known.<Json>map(head -> Json.str(head.note().toString()))
                                .orElseGet(Json.Null::new))
                .put("served", Base64Text.encode(bad.served()))
                .put(
                        "proof",
                        Json.strings(bad.proof().stream()
                                .map(Sha256::bytes)
                                .map(Base64Text::encode)
                                .toList()))
                .build());
    }
}
