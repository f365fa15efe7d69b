package dev.quorate.cli.round;

import dev.quorate.cli.GivenFile;
import dev.quorate.cli.RefusedException;
import dev.quorate.dsse.Base64Text;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.JsonReader;
import dev.quorate.json.MalformedException;
import dev.quorate.round.Submission;
import java.util.Arrays;

/** A Sigstore bundle that a maintainer's identity signed. Only its payload is looked at here; the coordinator judges it. */
final class GivenBundle {
    private static final int MAX_BYTES = 24 << 20;

    private GivenBundle() {}

    /** The bundle, if it is over exactly that submission. */
    static Json.Obj over(Submission submission, GivenFile file) throws RefusedException, MalformedException {
        Fields fields =
                Fields.of(JsonReader.read(file.bytes(MAX_BYTES), MAX_BYTES, file.printable()), file.printable());
        fields.string("mediaType");
        byte[] payload = fields.object("dsseEnvelope").string("payload", Base64Text::decode);
        if (!Arrays.equals(payload, submission.statement().bytes())) {
            throw new RefusedException(file.printable()
                    + ": is over something else than this spec with these claims; write the statement with"
                    + " --statement and sign that");
        }
        return fields.json();
    }
}
