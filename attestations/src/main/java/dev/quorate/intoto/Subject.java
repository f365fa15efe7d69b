package dev.quorate.intoto;

import dev.quorate.digest.Sha256;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;

/** What a statement is about; matched by digest alone. */
public record Subject(String name, Sha256 sha256) {
    static Subject read(Fields fields) throws MalformedException {
        return new Subject(fields.string("name"), fields.object("digest", Subject::readDigest));
    }

    Json.Obj json() {
        return Json.object().put("name", name).put("digest", digest(sha256)).build();
    }

    /** A digest set that holds one SHA-256. */
    public static Json.Obj digest(Sha256 sha256) {
        return Json.object().put("sha256", sha256.hex()).build();
    }

    /** Reads such a digest set. A digest of another algorithm, which nobody here would check, is refused. */
    public static Sha256 readDigest(Fields fields) throws MalformedException {
        Sha256 sha256 = fields.string("sha256", Sha256::parse);
        fields.end();
        return sha256;
    }
}
