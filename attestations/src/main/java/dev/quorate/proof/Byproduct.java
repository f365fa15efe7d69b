package dev.quorate.proof;

import dev.quorate.digest.Sha256;
import dev.quorate.intoto.Subject;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;

/** Something a build left beside its outputs, by digest: {@code log}, {@code environment}. */
record Byproduct(String name, Sha256 sha256) {
    static Byproduct read(Fields fields) throws MalformedException {
        return new Byproduct(fields.string("name"), fields.object("digest", Subject::readDigest));
    }

    Json.Obj json() {
        return Json.object()
                .put("name", name)
                .put("digest", Subject.digest(sha256))
                .build();
    }
}
