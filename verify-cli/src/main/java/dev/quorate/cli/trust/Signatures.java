package dev.quorate.cli.trust;

import dev.quorate.dsse.Envelope;
import dev.quorate.json.Json;
import dev.quorate.trust.RootKey;
import dev.quorate.trust.SignedTrust;
import java.util.List;

/**
 * Which root keys stand behind a trust root.
 *
 * @param valid names of the holders whose signatures verify
 * @param required how many it takes
 */
record Signatures(List<String> valid, int required) {
    static Signatures of(SignedTrust signed) {
        byte[] pae = Envelope.pae(signed.trust().statement().bytes());
        List<String> names = signed.trust().root().keys().stream()
                .filter(root -> verifies(signed, root, pae))
                .map(RootKey::name)
                .toList();
        return new Signatures(names, signed.trust().root().threshold());
    }

    private static boolean verifies(SignedTrust signed, RootKey root, byte[] pae) {
        byte[] signature = signed.signatures().get(root.key().hint());
        return signature != null && root.key().verifies(pae, signature);
    }

    boolean areEnough() {
        return valid.size() >= required;
    }

    Json.Obj json() {
        return Json.object()
                .put("required", required)
                .put("reached", valid.size())
                .put("holders", Json.strings(valid))
                .build();
    }

    String words() {
        String count = valid.size() + " of " + required + " needed signatures";
        return areEnough() ? count + ": complete" : count + ": cannot be used yet";
    }
}
