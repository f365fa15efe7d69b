package dev.quorate.identity;

import dev.quorate.dsse.P256Key;
import dev.quorate.intoto.Statement;
import dev.quorate.intoto.Subject;
import dev.quorate.json.Json;
import dev.quorate.round.BuilderId;
import java.util.List;

/** That a key is a builder's. */
public record BuilderKey(BuilderId builder, P256Key key) {
    /** Its predicate type. */
    public static final String TYPE = "https://quorate.dev/builder-key/v1";

    /** What an identity of the builder's signs. */
    public Statement statement() {
        Json.Obj predicate = Json.object()
                .put("builder", builder.text())
                .put("key", key.toString())
                .build();
        return new Statement(List.of(new Subject(builder.text(), key.id())), TYPE, predicate);
    }
}
