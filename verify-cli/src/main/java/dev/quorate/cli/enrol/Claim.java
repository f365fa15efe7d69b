package dev.quorate.cli.enrol;

import dev.quorate.dsse.Base64Text;
import dev.quorate.host.HostRecord;
import dev.quorate.host.credential.AttestationKey;
import dev.quorate.json.Fields;
import dev.quorate.json.Json;
import dev.quorate.json.MalformedException;
import dev.quorate.round.BuilderId;
import dev.quorate.trust.DerCertificate;

/**
 * Which TPM a machine says it has.
 *
 * @param builder whose machine it is; of a machine that only keeps keys, any name that no builder has
 */
record Claim(BuilderId builder, DerCertificate endorsement, AttestationKey attestation) {
    /** Reads its members out of a file that may have others. */
    static Claim read(Fields fields) throws MalformedException {
        return new Claim(
                fields.string("builder", BuilderId::parse),
                fields.string("endorsement", DerCertificate::parse),
                fields.string("attestation", text -> AttestationKey.of(Base64Text.decode(text))));
    }

    Json.Builder json() {
        return Json.object()
                .put("builder", builder.text())
                .put("endorsement", endorsement.toString())
                .put("attestation", Base64Text.encode(attestation.area()));
    }

    /** What root key holders import. */
    HostRecord record() {
        return new HostRecord.Tpm2(builder, attestation.key(), endorsement);
    }
}
