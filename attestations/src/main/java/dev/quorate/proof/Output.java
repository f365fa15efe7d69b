package dev.quorate.proof;

import dev.quorate.digest.Sha256;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.spec.RelativePath;

/** One thing that a build made. Time stamps and owners are no part of it. */
public sealed interface Output {
    /** Where it lies below the output directory. */
    RelativePath path();

    /**
     * A regular file.
     *
     * @param executable whether its owner may execute it
     * @param size bytes
     */
    record File(RelativePath path, boolean executable, long size, Sha256 sha256) implements Output {}

    /** A symbolic link and the text it points to, which is never followed. */
    record Symlink(RelativePath path, String target) implements Output {}

    /** Reads one entry of an output set. */
    static Output read(Fields fields) throws MalformedException {
        RelativePath path = fields.string("path", RelativePath::parse);
        Output output = switch (fields.string("type")) {
            case "file" ->
                new File(
                        path,
                        fields.bool("executable"),
                        fields.integer("size", 0, Json.MAX_INTEGER),
                        fields.string("sha256", Sha256::parse));
            case "symlink" -> new Symlink(path, fields.string("target"));
            default -> throw fields.wrong("type", "must be file or symlink");
        };
        fields.end();
        return output;
    }

    /** The entry of an output set. */
    default Json.Obj json() {
        return switch (this) {
            case File f ->
                Json.object()
                        .put("path", f.path.text())
                        .put("type", "file")
                        .put("executable", f.executable)
                        .put("size", f.size)
                        .put("sha256", f.sha256.hex())
                        .build();
            case Symlink s ->
                Json.object()
                        .put("path", s.path.text())
                        .put("type", "symlink")
                        .put("target", s.target)
                        .build();
        };
    }
}
