package dev.quorate.trust;

import dev.quorate.dsse.P256Key;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;

/**
 * What shows that a key lives in a TPM and signs in one measured state alone. Nothing in it is verified.
 *
 * @param ak the attestation key that certified it
 * @param publicArea the key's TPMT_PUBLIC
 * @param certification a TPMS_ATTEST, as TPM2_Certify returns it, without the length before it
 * @param signature the TPMT_SIGNATURE over that
 * @param pcrs the values that the key's policy was made of, at least one
 */
public record KeyEvidence(
        P256Key ak, TpmStructure publicArea, TpmStructure certification, TpmStructure signature, PcrValues pcrs) {
    /** Reads it, and nothing else. */
    public static KeyEvidence read(Fields fields) throws MalformedException {
        var evidence = new KeyEvidence(
                fields.string("ak", P256Key::parse),
                fields.string("public", TpmStructure::parse),
                fields.string("certification", TpmStructure::parse),
                fields.string("signature", TpmStructure::parse),
                PcrValues.read(fields));
        if (evidence.pcrs().values().isEmpty()) {
            throw fields.wrong("pcrs", "must hold at least one");
        }
        fields.end();
        return evidence;
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
