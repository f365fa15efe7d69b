package dev.quorate.export;

import dev.quorate.intoto.Subject;
import dev.quorate.json.Json;
import dev.quorate.proof.LinkSignature;
import dev.quorate.proof.Output;
import dev.quorate.proof.OutputSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The link that a builder's own Ed25519 key signs. It follows from the outputs alone, so that builders who agree sign
 * the same bytes, whoever holds the outputs can write it down again, and a proof need only carry the signature.
 *
 * @param outputs what was built
 */
public record BuilderLink(OutputSet outputs) {
    /** Name of the step, as Debian's layout for rebuilders has it. */
    public static final String STEP = "rebuild";

    /** A builder's signature over it. */
    public LinkSignature sign(Functionary builder) {
        return LinkSignature.of(builder.signature(OlpcJson.bytes(signed())));
    }

    /** Whether that key made the signature over this link. */
    public boolean isSignedBy(LinkKey key, LinkSignature signature) {
        return key.key().verifies(OlpcJson.bytes(signed()), signature.bytes());
    }

    /** The link with signatures, in the order of the map. */
    public Json.Obj with(Map<LinkKey, LinkSignature> signatures) {
        List<Json.Obj> list = new ArrayList<>();
        signatures.forEach((key, signature) -> list.add(key.signature(signature.bytes())));
        return Json.object()
                .put("signatures", Json.arr(list))
                .put("signed", signed())
                .build();
    }

    private Json.Obj signed() {
        Json.Builder products = Json.object();
        for (Output.File file : outputs.files()) {
            products.put(file.path().text(), Subject.digest(file.sha256()));
        }
        return Json.object()
                .put("_type", "link")
                .put("name", STEP)
                .put("materials", Json.object().build())
                .put("products", products.build())
                .put("environment", Json.object().build())
                .put("byproducts", Json.object().build())
                .put("command", Json.arr(List.of()))
                .build();
    }
}
