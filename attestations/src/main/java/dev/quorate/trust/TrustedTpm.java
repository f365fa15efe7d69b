package dev.quorate.trust;

import dev.quorate.dsse.P256Key;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import java.util.List;

/**
 * A TPM 2.0, and the attestation key that speaks for it. That the one lives in the other was proven to the root key
 * holders, at enrolment.
 *
 * @param ak public half of the attestation key: restricted, signing, made by the TPM
 * @param ek certificate of the endorsement key
 * @param intermediates certificates between that and the maker's roots, the endorsement certificate's issuer first
 * @param maker name of the maker whose roots they chain to
 */
public record TrustedTpm(P256Key ak, DerCertificate ek, List<DerCertificate> intermediates, String maker) {
    private static final int MOST_INTERMEDIATES = 8;

    public TrustedTpm {
        intermediates = List.copyOf(intermediates);
    }

    /** Reads the members of an object that may have others. */
    static TrustedTpm part(Fields fields) throws MalformedException {
        return new TrustedTpm(
                fields.string("ak", P256Key::parse),
                fields.string("ek", DerCertificate::parse),
                fields.has("intermediates")
                        ? fields.strings("intermediates", MOST_INTERMEDIATES, DerCertificate::parse)
                        : List.of(),
                fields.string("maker", Principal::name));
    }

    /** Reads an entry of {@code keyHosts}. */
    static TrustedTpm read(Fields fields) throws MalformedException {
        TrustedTpm tpm = part(fields);
        fields.end();
        return tpm;
    }

    /** Which machine it is. */
    public HostId id() {
        return new HostId(ek.keyDigest());
    }

    /** Writes the members into an object that may have others. */
    Json.Builder write(Json.Builder json) {
        json.put("ak", ak.toString()).put("ek", ek.toString());
        if (!intermediates.isEmpty()) {
            json.put(
                    "intermediates",
                    Json.strings(
                            intermediates.stream().map(DerCertificate::toString).toList()));
        }
        return json.put("maker", maker);
    }
}
