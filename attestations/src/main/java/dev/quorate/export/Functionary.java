package dev.quorate.export;

import dev.quorate.json.Json;
import dev.quorate.log.Ed25519PublicKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.List;

/** Who signs links and layouts, by their Ed25519 key. */
public final class Functionary {
    private final PrivateKey secret;
    private final LinkKey key;

    /**
     * Uses a key pair.
     *
     * @throws IllegalArgumentException unless it is an Ed25519 key pair whose halves belong together
     */
    public Functionary(KeyPair pair) {
        secret = pair.getPrivate();
        key = new LinkKey(Ed25519PublicKey.of(pair.getPublic()));
        byte[] probe = {1};
        if (!key.key().verifies(probe, signature(probe))) {
            throw new IllegalArgumentException("the private key has another public key");
        }
    }

    /** The public half. */
    public LinkKey key() {
        return key;
    }

    /** {@code signed} with this key's signature over its canonical JSON. */
    Json.Obj sign(Json.Obj signed) {
        return Json.object()
                .put("signatures", Json.arr(List.of(key.signature(signature(OlpcJson.bytes(signed))))))
                .put("signed", signed)
                .build();
    }

    byte[] signature(byte[] message) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(secret);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("must be an Ed25519 private key", e);
        }
    }
}
