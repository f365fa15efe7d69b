package dev.quorate.host;

import dev.quorate.digest.Sha256;
import dev.quorate.dsse.P256Key;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.ChipId;
import dev.quorate.trust.DerCertificate;

/**
 * What comes of enrolment, and what root key holders import: which machine a builder's is. Strict, one of
 *
 * <pre>
 * {"builder","attestation":"&lt;base64 SPKI&gt;","endorsement":"&lt;base64 DER&gt;","host":"&lt;hex&gt;"}
 * {"builder","chip":"&lt;128 hex&gt;","host":"&lt;hex&gt;"}
 * </pre>
 */
public sealed interface HostRecord {
    /** Longest record accepted, in bytes. */
    int MAX_BYTES = 64 * 1024;

    /** Whose machine it is. */
    BuilderId builder();

    /** The host's identity. */
    Sha256 host();

    /** The record. */
    Json.Obj json();

    /** Which TPM it has, as it has proven to whoever made the record. */
    record Tpm2(BuilderId builder, P256Key ak, DerCertificate ek) implements HostRecord {
        @Override
        public Sha256 host() {
            return ek.keyDigest();
        }

        @Override
        public Json.Obj json() {
            return Json.object()
                    .put("builder", builder.text())
                    .put("attestation", ak.toString())
                    .put("endorsement", ek.toString())
                    .put("host", host().hex())
                    .build();
        }
    }

    /** On which AMD processor it is a confidential VM; each round's report proves it. */
    record SevSnp(BuilderId builder, ChipId chip) implements HostRecord {
        @Override
        public Sha256 host() {
            return chip.host().sha256();
        }

        @Override
        public Json.Obj json() {
            return Json.object()
                    .put("builder", builder.text())
                    .put("chip", chip.toString())
                    .put("host", host().hex())
                    .build();
        }
    }

    /** Reads a record; {@code host} must follow from the rest. */
    static HostRecord read(Fields fields) throws MalformedException {
        BuilderId builder = fields.string("builder", BuilderId::parse);
        HostRecord record = fields.has("chip")
                ? new SevSnp(builder, fields.string("chip", ChipId::parse))
                : new Tpm2(
                        builder,
                        fields.string("attestation", P256Key::parse),
                        fields.string("endorsement", DerCertificate::parse));
        Sha256 host = fields.string("host", Sha256::parse);
        fields.end();
        if (!host.equals(record.host())) {
            throw fields.wrong("host", "is not the digest of the key or chip beside it; have it enrol again");
        }
        return record;
    }
}
