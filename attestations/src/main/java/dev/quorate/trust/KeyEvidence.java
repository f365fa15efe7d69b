package dev.quorate.trust;

import dev.quorate.dsse.Octets;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.util.List;

/**
 * What shows that a key lives in a TPM and signs in one measured state alone. Nothing in it is verified.
 *
 * @param ak the attestation key that certified it
 * @param publicArea the key's TPMT_PUBLIC
 * @param certification a TPMS_ATTEST, as TPM2_Certify returns it, without the length before it
 * @param signature the TPMT_SIGNATURE over that
 * @param pcrs the values that the key's policy was made of, at least one
 */
public record KeyEvidence(P256Key ak, Octets publicArea, Octets certification, Octets signature, PcrValues pcrs) {
    /** Of each of a TPM's structures, in bytes. */
    private static final int LONGEST = 1024;

    /** @throws IllegalArgumentException if a structure is longer than 1024 bytes */
    public KeyEvidence {
        for (Octets each : List.of(publicArea, certification, signature)) {
            if (each.bytes().length > LONGEST) {
                throw new IllegalArgumentException("comes with a structure of more than " + LONGEST + " bytes");
            }
        }
    }

    /** Reads it, and nothing else. */
    public static KeyEvidence read(Fields fields) throws MalformedException {
        var evidence = new KeyEvidence(
                fields.string("ak", P256Key::parse),
                fields.string("public", KeyEvidence::octets),
                fields.string("certification", KeyEvidence::octets),
                fields.string("signature", KeyEvidence::octets),
                PcrValues.read(fields));
        if (evidence.pcrs().values().isEmpty()) {
            throw fields.wrong("pcrs", "must hold at least one");
        }
        fields.end();
        return evidence;
    }

    private static Octets octets(String base64) {
        return Octets.parse(base64, LONGEST);
    }

    /** As a file and a trust root have it. */
    public Json.Obj json() {
        return Json.object()
                .put("ak", ak.toString())
                .put("public", publicArea.toString())
                .put("certification", certification.toString())
                .put("signature", signature.toString())
                .put("pcrs", pcrs.json())
                .build();
    }
}
