package dev.quorate.agent.qrexec;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.dsse.VerifiedPayload;
import dev.quorate.intoto.Instants;
import dev.quorate.intoto.Statement;
import dev.quorate.intoto.Subject;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import dev.quorate.round.Nonce;
import dev.quorate.spec.LockedFile;
import dev.quorate.spec.RebuildSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A builder asks for one build.
 *
 * @param builder who asks
 * @param nonce makes the request's digest unique
 * @param issued by the builder's clock
 * @param key made for this request; the answer is sealed for it
 * @param spec locked
 */
record BuildRequest(BuilderId builder, Nonce nonce, Instant issued, P256Key key, RebuildSpec spec) {
    static final String TYPE = "https://quorate.dev/build-request/v1";

    private static final String INPUT = "request";

    /** Reads what a builder's key has signed. */
    static BuildRequest parse(VerifiedPayload payload) throws MalformedException {
        Statement statement = Statement.parse(payload, INPUT);
        Fields fields = statement.predicate(TYPE, INPUT);
        var request = new BuildRequest(
                fields.string("builder", BuilderId::parse),
                fields.string("nonce", Nonce::parse),
                fields.string("issued", Instants::parse),
                fields.string("key", P256Key::parse),
                fields.object("spec", RebuildSpec::read));
        fields.end();
        if (!request.spec.isLocked() || !statement.subjects().equals(request.subjects())) {
            throw new MalformedException(INPUT, "must be about its own spec, which is locked");
        }
        return request;
    }

    /** The statement to sign. */
    Statement statement() {
        return new Statement(
                subjects(),
                TYPE,
                Json.object()
                        .put("builder", builder.text())
                        .put("nonce", nonce.base64())
                        .put("issued", issued.toString())
                        .put("key", key.toString())
                        .put("spec", spec.json())
                        .build());
    }

    /** The spec's files as they follow the request: each content once, in the order of the lock. */
    List<LockedFile> files() {
        Set<Sha256> seen = new HashSet<>();
        List<LockedFile> files = new ArrayList<>();
        for (LockedFile file : spec.locked().orElseThrow()) {
            if (seen.add(file.sha256())) {
                files.add(file);
            }
        }
        return files;
    }

    private List<Subject> subjects() {
        return List.of(new Subject("spec", spec.digest().sha256()));
    }
}
